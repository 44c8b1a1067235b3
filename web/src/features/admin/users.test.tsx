import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { AdminUser, AuthStatus } from "@/api/model";
import { ada, emptyWorkspace, here, list, openPage, refusal, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

const boss: AdminUser = {
  id: ada.id,
  email: ada.email,
  name: ada.name,
  is_admin: true,
  email_verified: true,
  two_factor: true,
  disabled_at: null,
  created_at: "2026-01-01T00:00:00Z",
  last_seen_at: "2026-11-20T08:00:00Z",
  workspaces: 2,
};
const bo = {
  ...boss,
  id: "u2",
  email: "bo@example.com",
  name: "Bo Lind",
  is_admin: false,
  two_factor: false,
};

let status: AuthStatus = somebody({ is_admin: true });
let users: AdminUser[] = [boss, bo];
let changes: unknown[] = [];
beforeEach(() => {
  status = somebody({ is_admin: true });
  users = [boss, bo];
  changes = [];
});

const server = fakeServer(
  ...emptyWorkspace,
  here(() => status),
  http.get("*/api/admin/users", ({ request }) => {
    const words = new URL(request.url).searchParams.get("search") ?? "";
    return list(users.filter(({ name }) => name.includes(words)));
  }),
  http.patch("*/api/admin/users/u2", async ({ request }) => {
    const change = (await request.json()) as { disabled?: boolean };
    changes.push(change);
    const disabled_at = change.disabled ? "2026-11-20T08:00:00Z" : null;
    users = [boss, { ...bo, disabled_at }];
    return HttpResponse.json(users[1]);
  }),
);

const act = async (name: string, item: string) => {
  await userEvent.click(await screen.findByRole("button", { name: `Actions for ${name}` }));
  await userEvent.click(await screen.findByRole("menuitem", { name: item }));
};

test("people are found by name, the words stand in the address, and nobody is said to be nobody", async () => {
  const { address } = openPage("/admin/users");
  expect(await screen.findByText("bo@example.com")).toBeVisible();
  await userEvent.type(screen.getByRole("searchbox", { name: "Search by name or address" }), "Lind");
  await waitFor(() => expect(address()).toBe("/admin/users?q=Lind"));
  await waitFor(() => expect(screen.queryByText("ada@example.com")).not.toBeInTheDocument());
  await userEvent.type(screen.getByRole("searchbox"), "berg");
  expect(await screen.findByText("Nobody matches “Lindberg”")).toBeVisible();
  await userEvent.click(screen.getByRole("link", { name: "Show everybody" }));
  expect(await screen.findByText("bo@example.com")).toBeVisible();
  expect(screen.getByRole("searchbox")).toHaveValue("");
});

test("somebody is disabled after a question, and enabled again", async () => {
  openPage("/admin/users");
  await act("Bo Lind", "Disable");
  const ask = within(await screen.findByRole("dialog", { name: "Disable Bo Lind?" }));
  await userEvent.click(ask.getByRole("button", { name: "Disable" }));
  expect(await screen.findByText("Disabled 20 Nov")).toBeVisible();
  await act("Bo Lind", "Enable again");
  await waitFor(() => expect(screen.queryByText("Disabled 20 Nov")).not.toBeInTheDocument());
  expect(changes).toEqual([{ disabled: true }, { disabled: false }]);
});

test("nobody disables themselves, and the last administrator stays one", async () => {
  server.use(http.patch("*/api/admin/users/u1", () => refusal(409, "last_administrator")));
  openPage("/admin/users");
  await userEvent.click(await screen.findByRole("button", { name: "Actions for Ada Moreno" }));
  expect(await screen.findByRole("menuitem", { name: "Disable" })).toBeDisabled();
  await userEvent.click(screen.getByRole("menuitem", { name: "No longer an administrator" }));
  const ask = within(await screen.findByRole("dialog", { name: "Take the installation from Ada Moreno?" }));
  await userEvent.click(ask.getByRole("button", { name: "No longer an administrator" }));
  expect(await ask.findByRole("alert")).toHaveTextContent("The installation needs an administrator");
});

test("somebody who lost their device is let in, after a question", async () => {
  users = [boss, { ...bo, two_factor: true }];
  openPage("/admin/users");
  await act("Bo Lind", "Switch two-factor off");
  const ask = within(await screen.findByRole("dialog", { name: "Switch two-factor off for Bo Lind?" }));
  expect(ask.getByText(/Make sure that it is really them who asks/)).toBeVisible();
  await userEvent.click(ask.getByRole("button", { name: "Switch two-factor off" }));
  expect(await screen.findByText("Bo Lind logs in without a code now")).toBeVisible();
  expect(changes).toEqual([{ two_factor: false }]);
});

test("a password is reset, and the link is given where no mail goes out", async () => {
  server.use(
    http.post("*/api/admin/users/u2/reset-password", () =>
      HttpResponse.json({ mailed: false, link: "http://x/reset-password?token=1" }),
    ),
  );
  openPage("/admin/users");
  await act("Bo Lind", "Reset password");
  const ask = within(await screen.findByRole("dialog", { name: "Reset the password of Bo Lind?" }));
  await userEvent.click(ask.getByRole("button", { name: "Reset password" }));
  const done = within(await screen.findByRole("dialog", { name: "New password for Bo Lind" }));
  expect(done.getByText("http://x/reset-password?token=1")).toBeVisible();
});

test("who does not run the installation sees no page of it, nor the way there", async () => {
  status = somebody();
  openPage("/admin/users");
  expect(await screen.findByText("Only administrators of this installation see this page.")).toBeVisible();
  expect(screen.queryByRole("link", { name: "Users" })).not.toBeInTheDocument();
});
