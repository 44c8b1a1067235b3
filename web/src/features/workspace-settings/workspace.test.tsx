import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { AuthStatus } from "@/api/model";
import { bakery, emptyWorkspace, here, list, openPage, refusal, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

let status: AuthStatus = somebody();
let members: object[] = [];
beforeEach(() => {
  status = somebody();
  members = [];
});

const bo = {
  user_id: "u2",
  name: "Bo Lind",
  email: "bo@example.com",
  role: "editor",
  two_factor: false,
  joined_at: "2026-11-01T08:00:00Z",
  last_seen_at: null,
};

const server = fakeServer(
  ...emptyWorkspace,
  here(() => status),
  http.get("*/api/members", () => list(members)),
  http.get("*/api/account", () =>
    HttpResponse.json({
      user: status.user,
      language: "en",
      has_password: true,
      two_factor: { enabled: false, enabled_at: null, backup_codes_left: 0 },
      pending_email: null,
    }),
  ),
);

test("two-factor for everybody needs one's own first", async () => {
  openPage("/settings/workspace");
  expect(await screen.findByRole("switch", { name: "Ask every member for two-factor" })).toBeDisabled();
  expect(screen.getByText(/You need it yourself first/)).toBeVisible();
});

test("who has two-factor asks everybody for it, after a question", async () => {
  status = somebody({ two_factor: true });
  let sent: unknown;
  server.use(
    http.patch("*/api/workspaces/w1", async ({ request }) => {
      sent = await request.json();
      status = somebody({ two_factor: true }, [{ ...bakery, requires_two_factor: true }]);
      return HttpResponse.json(status.workspaces?.[0]);
    }),
  );
  openPage("/settings/workspace");
  const toggle = await screen.findByRole("switch", { name: "Ask every member for two-factor" });
  await userEvent.click(toggle);
  const ask = await screen.findByRole("dialog", { name: "Ask everybody in The Bakery for two-factor?" });
  expect(sent).toBeUndefined();
  await userEvent.click(within(ask).getByRole("button", { name: "Ask everybody" }));
  await waitFor(() => expect(toggle).toBeChecked());
  expect(sent).toEqual({ requires_two_factor: true });
});

test("the last workspace is left for a page on which another can be made", async () => {
  server.use(
    http.post("*/api/workspaces/w1/leave", () => {
      status = somebody({}, []);
      return new HttpResponse(null, { status: 204 });
    }),
    http.post("*/api/workspaces", async ({ request }) => {
      const { name } = (await request.json()) as { name: string };
      status = somebody({}, [{ ...bakery, id: "w9", name }]);
      return HttpResponse.json(status.workspaces?.[0], { status: 201 });
    }),
  );
  const { address } = openPage("/settings/workspace");
  await userEvent.click(await screen.findByRole("button", { name: "Leave the workspace" }));
  const ask = await screen.findByRole("dialog", { name: "Leave The Bakery?" });
  await userEvent.click(within(ask).getByRole("button", { name: "Leave the workspace" }));
  expect(await screen.findByRole("heading", { name: "You are in no workspace" })).toBeVisible();
  expect(address()).toBe("/new-workspace");
  expect(await screen.findByRole("button", { name: "Delete my account" })).toBeVisible();

  await userEvent.type(screen.getByLabelText("Workspace name"), "The Café");
  await userEvent.click(screen.getByRole("button", { name: "Make the workspace" }));
  await waitFor(() => expect(address()).toBe("/"));
  expect(await screen.findByRole("button", { name: "Workspace: The Café" })).toBeVisible();
});

test("the last owner who wants to leave hears what to do first", async () => {
  server.use(http.post("*/api/workspaces/w1/leave", () => refusal(409, "last_owner")));
  openPage("/settings/workspace");
  await userEvent.click(await screen.findByRole("button", { name: "Leave the workspace" }));
  const ask = within(await screen.findByRole("dialog", { name: "Leave The Bakery?" }));
  await userEvent.click(ask.getByRole("button", { name: "Leave the workspace" }));
  expect(await ask.findByRole("alert")).toHaveTextContent("Make somebody else an owner first");
});

test("a workspace is handed over to somebody in it", async () => {
  members = [bo];
  let sent: unknown;
  server.use(
    http.post("*/api/workspaces/w1/transfer", async ({ request }) => {
      sent = await request.json();
      status = somebody({}, [{ ...bakery, role: "admin" }]);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  openPage("/settings/workspace");
  await userEvent.click(await screen.findByRole("button", { name: "Hand over" }));
  const ask = within(await screen.findByRole("dialog", { name: "Hand The Bakery over?" }));
  expect(ask.getByRole("button", { name: "Hand over" })).toBeDisabled();
  await userEvent.selectOptions(ask.getByLabelText("New owner"), "Bo Lind (bo@example.com)");
  await userEvent.click(ask.getByRole("button", { name: "Hand over" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Delete the workspace" })).toBeNull());
  expect(sent).toEqual({ user_id: "u2" });
});

test("a workspace is deleted by typing its name, and the next one is shown", async () => {
  const cafe = { ...bakery, id: "w2", name: "The Café" };
  status = somebody({}, [bakery, cafe]);
  let sent: unknown;
  server.use(
    http.delete("*/api/workspaces/w1", async ({ request }) => {
      sent = await request.json();
      status = somebody({}, [cafe]);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { address } = openPage("/settings/workspace");
  await userEvent.click(await screen.findByRole("button", { name: "Delete the workspace" }));
  const ask = within(await screen.findByRole("dialog", { name: "Delete The Bakery?" }));
  const remove = ask.getByRole("button", { name: "Delete the workspace" });
  await userEvent.type(ask.getByLabelText("Type The Bakery to confirm"), "The Bakey");
  expect(remove).toBeDisabled();
  await userEvent.clear(ask.getByLabelText("Type The Bakery to confirm"));
  await userEvent.type(ask.getByLabelText("Type The Bakery to confirm"), "The Bakery");
  await userEvent.click(remove);
  await waitFor(() => expect(address()).toBe("/"));
  expect(await screen.findByRole("button", { name: "Workspace: The Café" })).toBeVisible();
  expect(sent).toEqual({ name: "The Bakery" });
});

test("who does not manage the workspace may leave it, and no more", async () => {
  status = somebody({}, [{ ...bakery, role: "viewer" }]);
  openPage("/settings/workspace");
  expect(await screen.findByLabelText("Workspace name")).toBeDisabled();
  expect(screen.getByRole("button", { name: "Leave the workspace" })).toBeEnabled();
  expect(screen.queryByRole("button", { name: "Hand over" })).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Delete the workspace" })).not.toBeInTheDocument();
});
