import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { AuthStatus } from "@/api/model";
import { emptyWorkspace, here, nobody, openPage, refusal, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

let status: AuthStatus = somebody();
let pending: string | null = null;
let sent: unknown[] = [];
beforeEach(() => {
  status = somebody();
  pending = null;
  sent = [];
});

const server = fakeServer(
  ...emptyWorkspace,
  here(() => status),
  http.get("*/api/account", () =>
    HttpResponse.json({
      user: status.user,
      language: "en",
      has_password: true,
      two_factor: { enabled: status.user?.two_factor, enabled_at: null, backup_codes_left: 0 },
      pending_email: pending,
    }),
  ),
  http.delete("*/api/account", async ({ request }) => {
    sent.push(await request.json());
    status = nobody;
    return new HttpResponse(null, { status: 204 });
  }),
);

const region = (name: string) => screen.findByRole("region", { name });

test("a name is changed, and the menu says it at once", async () => {
  server.use(
    http.patch("*/api/account", async ({ request }) => {
      const change = (await request.json()) as { name: string };
      status = somebody(change);
      return HttpResponse.json({ user: status.user });
    }),
  );
  openPage("/settings/account");
  const section = within(await region("Your name"));
  expect(section.getByRole("button", { name: "Save" })).toBeDisabled();
  await userEvent.clear(section.getByLabelText("Your name"));
  await userEvent.type(section.getByLabelText("Your name"), "Ada Lind");
  await userEvent.click(section.getByRole("button", { name: "Save" }));
  await waitFor(() =>
    expect(screen.getByRole("button", { name: "Account menu" })).toHaveTextContent("Ada Lind"),
  );
});

test("a change of address waits for both mailboxes, gives the links where no mail is sent, and is called off", async () => {
  status = somebody({}, undefined, { mail: false });
  server.use(
    http.post("*/api/account/email", async ({ request }) => {
      sent.push(await request.json());
      pending = "new@example.com";
      return HttpResponse.json(
        { pending_email: pending, links: [{ email: pending, url: "http://x/confirm-email?token=1" }] },
        { status: 202 },
      );
    }),
    http.delete("*/api/account/email", () => {
      pending = null;
      return new HttpResponse(null, { status: 204 });
    }),
  );
  openPage("/settings/account");
  const section = within(await region("E-mail address"));
  expect(section.getByText("Confirmed")).toBeVisible();
  await userEvent.click(section.getByRole("button", { name: "Change address" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Change address" }));
  await userEvent.type(dialog.getByLabelText("New e-mail address"), "new@example.com");
  await userEvent.type(dialog.getByLabelText("Present password"), "harbour loaf");
  await userEvent.click(dialog.getByRole("button", { name: "Begin the change" }));
  expect(await section.findByText("The change to new@example.com waits to be confirmed")).toBeVisible();
  expect(section.getByText("http://x/confirm-email?token=1")).toBeVisible();
  expect(sent).toEqual([{ email: "new@example.com", password: "harbour loaf" }]);
  await userEvent.click(section.getByRole("button", { name: "Call it off" }));
  await waitFor(() => expect(section.queryByText(/waits to be confirmed/)).not.toBeInTheDocument());
  expect(section.queryByText("http://x/confirm-email?token=1")).not.toBeInTheDocument();
});

test("a wrong present password is said beside it, and the form is empty once it is changed", async () => {
  server.use(
    http.post("*/api/account/password", async ({ request }) => {
      const input = (await request.json()) as { current_password: string };
      return input.current_password === "right"
        ? new HttpResponse(null, { status: 204 })
        : refusal(422, "invalid_input", "", [
            { field: "current_password", code: "wrong_credentials", detail: "Not your password." },
          ]);
    }),
  );
  openPage("/settings/account");
  const section = within(await region("Password"));
  const present = () => section.getByLabelText("Present password");
  await userEvent.type(present(), "wrong");
  await userEvent.type(section.getByLabelText("New password"), "harbour loaf");
  await userEvent.click(section.getByRole("button", { name: "Change password" }));
  await waitFor(() => expect(present()).toHaveAccessibleDescription(/Not your password/));
  await userEvent.clear(present());
  await userEvent.type(present(), "right");
  await userEvent.click(section.getByRole("button", { name: "Change password" }));
  await waitFor(() => expect(present()).toHaveValue(""));
});

test("an account is deleted only by typing its address, with password and code", async () => {
  status = somebody({ two_factor: true });
  const { address } = openPage("/settings/account");
  await userEvent.click(await screen.findByRole("button", { name: "Delete my account" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Delete your account?" }));
  const remove = dialog.getByRole("button", { name: "Delete my account" });
  expect(remove).toBeDisabled();
  await userEvent.type(dialog.getByLabelText("Type ada@example.com to confirm"), "ada@example.com");
  await userEvent.click(remove);
  expect(dialog.getAllByText("This is needed.")).toHaveLength(2);
  await userEvent.type(dialog.getByLabelText("Password"), "harbour loaf");
  await userEvent.type(dialog.getByLabelText("Code"), "123456");
  await userEvent.click(remove);
  await waitFor(() => expect(address()).toBe("/login"));
  expect(sent).toEqual([{ password: "harbour loaf", code: "123456" }]);
});

test("the only owner hears what to do before leaving", async () => {
  server.use(
    http.delete("*/api/account", () =>
      refusal(409, "last_owner", "You are the only owner of The Bakery. Hand it over or remove the others."),
    ),
  );
  openPage("/settings/account");
  await userEvent.click(await screen.findByRole("button", { name: "Delete my account" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Delete your account?" }));
  await userEvent.type(dialog.getByLabelText("Type ada@example.com to confirm"), "ADA@example.com");
  await userEvent.type(dialog.getByLabelText("Password"), "harbour loaf");
  await userEvent.click(dialog.getByRole("button", { name: "Delete my account" }));
  expect(await dialog.findByRole("alert")).toHaveTextContent("You are the only owner of The Bakery.");
});

test("who has not confirmed the address is told on every page, unless no mail can be sent", async () => {
  status = somebody({ email_verified: false });
  openPage("/settings/account");
  expect(await screen.findByText("Confirm your e-mail address to publish")).toBeVisible();
  expect(screen.getByText("Not confirmed")).toBeVisible();
});

test("administrators and people without mail are not asked to confirm", async () => {
  status = somebody({ email_verified: false }, undefined, { mail: false });
  openPage("/settings/account");
  await region("Your name");
  expect(screen.queryByText("Confirm your e-mail address to publish")).not.toBeInTheDocument();
});

test("mails come in the language that is chosen for them", async () => {
  server.use(
    http.patch("*/api/account", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({});
    }),
  );
  openPage("/settings/account");
  const section = within(await region("Language of mails"));
  await userEvent.selectOptions(section.getByLabelText("Language"), "Español");
  expect(await screen.findByText("The language of mails is changed")).toBeVisible();
  expect(sent).toEqual([{ language: "es" }]);
});
