import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { AuthStatus } from "@/api/model";
import { ada, bakery, emptyWorkspace, here, list, openPage, refusal, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

const self = {
  user_id: ada.id,
  name: ada.name,
  email: ada.email,
  role: "owner",
  two_factor: true,
  joined_at: "2026-11-01T08:00:00Z",
  last_seen_at: "2026-11-20T08:00:00Z",
};
const bo = {
  ...self,
  user_id: "u2",
  name: "Bo Lind",
  email: "bo@example.com",
  role: "editor",
  two_factor: false,
};
const invitation = {
  id: "i1",
  email: "cy@example.com",
  role: "viewer",
  invited_by: "Ada Moreno",
  created_at: "2026-11-01T08:00:00Z",
  expires_at: "2026-11-08T08:00:00Z",
  expired: true,
};

let status: AuthStatus = somebody();
let members = [self, bo];
let invitations = [invitation];
beforeEach(() => {
  status = somebody();
  members = [self, bo];
  invitations = [invitation];
});

const server = fakeServer(
  ...emptyWorkspace,
  here(() => status),
  http.get("*/api/members", () => list(members)),
  http.get("*/api/invitations", () => list(invitations)),
);

const row = async (name: string) => {
  const item = (await screen.findByText(name)).closest("li");
  if (!item) throw new Error(`no row of ${name}`);
  return within(item);
};

test("an owner changes roles, also to owner, but not their own", async () => {
  let sent: unknown;
  server.use(
    http.patch("*/api/members/u2", async ({ request }) => {
      sent = await request.json();
      members = [self, { ...bo, role: "admin" }];
      return HttpResponse.json(members[1]);
    }),
  );
  openPage("/settings/members");
  const select = (await row("bo@example.com")).getByLabelText("Role of Bo Lind");
  expect(within(select).getByRole("option", { name: "Owner" })).toBeInTheDocument();
  await userEvent.selectOptions(select, "Admin");
  expect(await screen.findByText("Bo Lind is now: Admin")).toBeVisible();
  expect(sent).toEqual({ role: "admin" });
  expect((await row("ada@example.com")).queryByRole("combobox")).not.toBeInTheDocument();
  expect((await row("ada@example.com")).getByText("Two-factor")).toBeVisible();
});

test("an admin makes no owners and touches none", async () => {
  status = somebody({ id: "u3" }, [{ ...bakery, role: "admin" }]);
  openPage("/settings/members");
  const select = (await row("bo@example.com")).getByLabelText("Role of Bo Lind");
  expect(within(select).queryByRole("option", { name: "Owner" })).not.toBeInTheDocument();
  expect((await row("ada@example.com")).queryByRole("button", { name: "Remove Ada Moreno" })).toBeNull();
});

test("others see who is here and cannot change it, nor who is invited", async () => {
  status = somebody({ id: "u3" }, [{ ...bakery, role: "viewer" }]);
  openPage("/settings/members");
  expect(await screen.findByText("Only owners and admins invite people and change roles.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Invite somebody" })).not.toBeInTheDocument();
  expect(screen.queryByText("cy@example.com")).not.toBeInTheDocument();
});

test("somebody is removed after a question, and a refusal stays in it", async () => {
  let refuse = true;
  server.use(
    http.delete("*/api/members/u2", () => {
      if (refuse) return refusal(409, "last_owner");
      members = [self];
      return new HttpResponse(null, { status: 204 });
    }),
  );
  openPage("/settings/members");
  await userEvent.click(await screen.findByRole("button", { name: "Remove Bo Lind" }));
  const ask = within(await screen.findByRole("dialog", { name: "Remove Bo Lind?" }));
  await userEvent.click(ask.getByRole("button", { name: "Remove" }));
  expect(await ask.findByRole("alert")).toHaveTextContent("A workspace needs an owner");
  refuse = false;
  await userEvent.click(ask.getByRole("button", { name: "Remove" }));
  expect(await screen.findByText("Bo Lind is removed")).toBeVisible();
  await waitFor(() => expect(screen.queryByText("bo@example.com")).not.toBeInTheDocument());
});

test("somebody is invited, and the link is shown once to be copied", async () => {
  let sent: unknown;
  server.use(
    http.post("*/api/invitations", async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(
        {
          ...invitation,
          id: "i2",
          email: "dee@example.com",
          link: "http://x/invitation?token=1",
          mailed: false,
        },
        { status: 201 },
      );
    }),
  );
  openPage("/settings/members");
  await userEvent.click(await screen.findByRole("button", { name: "Invite somebody" }));
  const form = within(await screen.findByRole("dialog", { name: "Invite somebody to The Bakery" }));
  await userEvent.type(form.getByLabelText("E-mail address"), "dee@example.com");
  await userEvent.click(form.getByRole("radio", { name: "Contributor" }));
  await userEvent.click(form.getByRole("button", { name: "Invite" }));
  const made = within(await screen.findByRole("dialog", { name: "Invitation for dee@example.com" }));
  expect(made.getByText("No mail can be sent, so give dee@example.com this link yourself")).toBeVisible();
  expect(made.getByText("http://x/invitation?token=1")).toBeVisible();
  expect(sent).toEqual({ email: "dee@example.com", role: "contributor" });
});

test("who is a member already is not invited", async () => {
  server.use(http.post("*/api/invitations", () => refusal(409, "already_member")));
  openPage("/settings/members");
  await userEvent.click(await screen.findByRole("button", { name: "Invite somebody" }));
  const form = within(await screen.findByRole("dialog", { name: "Invite somebody to The Bakery" }));
  await userEvent.type(form.getByLabelText("E-mail address"), "bo@example.com");
  await userEvent.click(form.getByRole("button", { name: "Invite" }));
  expect(await form.findByRole("alert")).toHaveTextContent("This person is a member already.");
});

test("an invitation that ended is sent again with a new link, or withdrawn", async () => {
  server.use(
    http.post("*/api/invitations/i1/resend", () =>
      HttpResponse.json({ ...invitation, expired: false, link: "http://x/invitation?token=2", mailed: true }),
    ),
    http.delete("*/api/invitations/i1", () => {
      invitations = [];
      return new HttpResponse(null, { status: 204 });
    }),
  );
  openPage("/settings/members");
  expect((await row("cy@example.com")).getByText("Ended")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Send the invitation for cy@example.com again" }));
  const made = within(await screen.findByRole("dialog", { name: "Invitation for cy@example.com" }));
  expect(made.getByText("It is on its way to cy@example.com")).toBeVisible();
  await userEvent.click(made.getByRole("button", { name: "Done" }));
  await userEvent.click(screen.getByRole("button", { name: "Withdraw the invitation for cy@example.com" }));
  const ask = within(
    await screen.findByRole("dialog", { name: "Withdraw the invitation for cy@example.com?" }),
  );
  await userEvent.click(ask.getByRole("button", { name: "Withdraw" }));
  expect(await screen.findByText("Nobody is waiting for an answer.")).toBeVisible();
});
