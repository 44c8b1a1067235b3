import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { AuthStatus } from "@/api/model";
import { emptyWorkspace, here, nobody, openPage, refusal, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

let status: AuthStatus = nobody;
let sent: unknown[] = [];
beforeEach(() => {
  status = nobody;
  sent = [];
});

const server = fakeServer(
  ...emptyWorkspace,
  here(() => status),
);

/** Notes what a call sends, and answers. */
const answers = (method: "post", path: string, answer: () => Response) =>
  http[method](path, async ({ request }) => {
    const text = await request.text();
    sent.push(text === "" ? null : JSON.parse(text));
    return answer();
  });

test("a forgotten password is asked for, and the answer betrays nobody", async () => {
  server.use(answers("post", "*/api/auth/forgot-password", () => new HttpResponse(null, { status: 202 })));
  openPage("/forgot-password");
  await userEvent.click(await screen.findByRole("button", { name: "Send the link" }));
  expect(screen.getByText("This is not an e-mail address.")).toBeVisible();
  await userEvent.type(screen.getByLabelText("E-mail address"), "ada@example.com");
  await userEvent.click(screen.getByRole("button", { name: "Send the link" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("If there is an account with ada@example.com");
  expect(sent).toEqual([{ email: "ada@example.com" }]);
});

test("without mail, an administrator is named as the way", async () => {
  status = { ...nobody, mail: false };
  openPage("/forgot-password");
  expect(await screen.findByText(/Ask an administrator of this installation/)).toBeVisible();
  expect(screen.queryByLabelText("E-mail address")).not.toBeInTheDocument();
});

test("another password is set, and one that is too easy is said beside the field", async () => {
  server.use(
    answers("post", "*/api/auth/reset-password", () =>
      sent.length === 1
        ? refusal(422, "invalid_input", "", [
            { field: "password", code: "weak_password", detail: "Among the first." },
          ])
        : new HttpResponse(null, { status: 204 }),
    ),
  );
  openPage("/reset-password?token=abc");
  await userEvent.type(await screen.findByLabelText("New password"), "password1");
  await userEvent.click(screen.getByRole("button", { name: "Set password" }));
  await waitFor(() =>
    expect(screen.getByLabelText("New password")).toHaveAccessibleDescription(/Among the first/),
  );
  await userEvent.type(screen.getByLabelText("New password"), " harbour loaf");
  await userEvent.click(screen.getByRole("button", { name: "Set password" }));
  expect(await screen.findByRole("heading", { name: "Your password is changed" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Log in" })).toHaveAttribute("href", "/login");
  expect(sent[1]).toEqual({ token: "abc", password: "password1 harbour loaf" });
});

test("an old link to another password leads to a new one", async () => {
  server.use(answers("post", "*/api/auth/reset-password", () => refusal(400, "link_invalid")));
  openPage("/reset-password?token=abc");
  await userEvent.type(await screen.findByLabelText("New password"), "harbour loaf");
  await userEvent.click(screen.getByRole("button", { name: "Set password" }));
  expect(await screen.findByRole("heading", { name: "This link does not work any more" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Ask for another link" })).toHaveAttribute(
    "href",
    "/forgot-password",
  );
});

test("the address is confirmed by opening the link, once", async () => {
  server.use(
    answers("post", "*/api/auth/verify-email", () =>
      HttpResponse.json({ user: { ...somebody().user, email_verified: true } }),
    ),
  );
  openPage("/verify-email?token=abc");
  expect(await screen.findByRole("heading", { name: "Your address is confirmed" })).toBeVisible();
  expect(screen.getByText(/ada@example.com is yours/)).toBeVisible();
  expect(sent).toEqual([{ token: "abc" }]);
  expect(screen.getByRole("link", { name: "Log in" })).toHaveAttribute(
    "href",
    "/login?email=ada%40example.com",
  );
});

test("who is signed in has a link that is too old sent again", async () => {
  status = somebody({ email_verified: false });
  server.use(
    answers("post", "*/api/auth/verify-email", () => refusal(400, "link_invalid")),
    answers("post", "*/api/auth/resend-verification", () => new HttpResponse(null, { status: 202 })),
  );
  openPage("/verify-email?token=old");
  await userEvent.click(await screen.findByRole("button", { name: "Send the link again" }));
  expect(await screen.findByText("The link is on its way to ada@example.com")).toBeVisible();
  expect(sent).toEqual([{ token: "old" }, null]);
});

test("one of two confirmations says which is left, and the other that all is done", async () => {
  server.use(
    answers("post", "*/api/account/email/confirm", () =>
      HttpResponse.json(
        (sent.at(-1) as { token: string }).token === "new"
          ? { done: false, waiting_for: "old" }
          : { done: true, waiting_for: null },
      ),
    ),
  );
  status = somebody();
  openPage("/confirm-email?token=new");
  expect(await screen.findByText("Now open the link that we sent to your old address.")).toBeVisible();
  openPage("/confirm-email?token=old");
  expect(await screen.findByRole("heading", { name: "Your address is changed" })).toBeVisible();
});

test("who has to log in to confirm comes back to it", async () => {
  server.use(answers("post", "*/api/account/email/confirm", () => refusal(401, "not_authenticated")));
  openPage("/confirm-email?token=a%2Bb");
  expect(await screen.findByRole("link", { name: "Log in" })).toHaveAttribute(
    "href",
    "/login?next=%2Fconfirm-email%3Ftoken%3Da%252Bb",
  );
});

test("too early, the link around a lost device says when", async () => {
  server.use(
    answers("post", "*/api/auth/2fa/recover/confirm", () =>
      refusal(409, "too_early", "It works from Tue 5 Jan, 09:05 on."),
    ),
  );
  openPage("/recover-two-factor?token=abc");
  await userEvent.click(await screen.findByRole("button", { name: "Switch two-factor off and log in" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("It works from Tue 5 Jan, 09:05 on.");
  expect(sent).toEqual([{ token: "abc" }]);
});

test("whoever did not ask for it stops it, by a press", async () => {
  server.use(answers("post", "*/api/auth/2fa/recover/cancel", () => new HttpResponse(null, { status: 204 })));
  openPage("/recover-two-factor?stop=xyz");
  const stop = await screen.findByRole("button", { name: "Stop it" });
  expect(sent).toEqual([]);
  await userEvent.click(stop);
  expect(await screen.findByRole("heading", { name: "It is stopped" })).toBeVisible();
  expect(sent).toEqual([{ token: "xyz" }]);
  expect(screen.getByRole("link", { name: "Set another password" })).toBeVisible();
});

const invitation = {
  workspace_name: "The Café",
  email: "ada@example.com",
  role: "editor",
  invited_by: "Bo Lind",
  has_account: false,
  expires_at: "2026-12-01T08:00:00Z",
};
const invited = (more: object = {}) =>
  http.post("*/api/invitations/look", () => HttpResponse.json({ ...invitation, ...more }));
const accepted = () =>
  answers("post", "*/api/invitations/accept", () => {
    status = somebody();
    return HttpResponse.json({ user: status.user, workspace_id: "w2" });
  });

test("a newcomer makes an account by accepting", async () => {
  server.use(invited(), accepted());
  const { address } = openPage("/invitation?token=abc");
  expect(await screen.findByRole("heading", { name: "Join The Café" })).toBeVisible();
  expect(screen.getByText(/Bo Lind invites ada@example.com to this workspace. Role: Editor/)).toBeVisible();
  expect(screen.getByLabelText("E-mail address")).toHaveAttribute("readonly");
  await userEvent.click(screen.getByRole("button", { name: "Create account and join" }));
  expect(screen.getAllByText("This is needed.")).toHaveLength(2);
  await userEvent.type(screen.getByLabelText("Your name"), "Ada");
  await userEvent.type(screen.getByLabelText("Password"), "harbour loaf");
  await userEvent.click(screen.getByRole("button", { name: "Create account and join" }));
  await waitFor(() => expect(address()).toBe("/"));
  expect(await screen.findByText("You are now a member of The Café")).toBeVisible();
  expect(sent).toEqual([{ token: "abc", name: "Ada", password: "harbour loaf" }]);
});

test("who is signed in joins by one press, and then works there", async () => {
  let named: string | null = null;
  status = somebody({ email: "Ada@Example.com" });
  server.use(
    invited({ has_account: true }),
    accepted(),
    http.get("*/api/workspaces", ({ request }) => {
      named = request.headers.get("Fanfare-Workspace");
      return HttpResponse.json({ items: [], next_cursor: null });
    }),
  );
  const { address } = openPage("/invitation?token=abc");
  await userEvent.click(await screen.findByRole("button", { name: "Join The Café" }));
  await waitFor(() => expect(address()).toBe("/"));
  expect(sent).toEqual([{ token: "abc" }]);
  expect(named).toBe("w2");
});

test("who has an account logs in first and comes back", async () => {
  server.use(invited({ has_account: true }));
  const { address } = openPage("/invitation?token=abc");
  await userEvent.click(await screen.findByRole("link", { name: "Log in to join" }));
  expect(await screen.findByText("Log in to accept the invitation.")).toBeVisible();
  expect(screen.getByLabelText("E-mail address")).toHaveValue("ada@example.com");
  expect(address()).toContain("next=%2Finvitation%3Ftoken%3Dabc");
});

test("somebody else who is signed in is told so, and may log out and go on", async () => {
  status = somebody({ email: "bo@example.com" });
  server.use(
    invited({ has_account: false }),
    answers("post", "*/api/auth/logout", () => {
      status = nobody;
      return new HttpResponse(null, { status: 204 });
    }),
  );
  openPage("/invitation?token=abc");
  expect(
    await screen.findByText("You are logged in as bo@example.com. The invitation is for ada@example.com."),
  ).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Log out and go on" }));
  expect(await screen.findByRole("button", { name: "Create account and join" })).toBeVisible();
});

test("an invitation that ended says whom to ask", async () => {
  server.use(http.post("*/api/invitations/look", () => refusal(404, "link_invalid")));
  openPage("/invitation?token=abc");
  expect(await screen.findByText(/Ask whoever invited you for another one/)).toBeVisible();
});
