import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { AuthStatus } from "@/api/model";
import { ada, bakery, emptyWorkspace, here, list, openPage, refusal, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

let status: AuthStatus = somebody();
let left = 10;
const CODES = Array.from({ length: 10 }, (_, index) => `code-000${index}`);
const phone = {
  id: "s2",
  kind: "device",
  name: "Fanfare on a telephone",
  ip: null,
  is_current: false,
  created_at: "2026-11-01T08:00:00Z",
  last_used_at: "2026-11-20T08:00:00Z",
  expires_at: "2026-12-20T08:00:00Z",
};
const browser = {
  ...phone,
  id: "s1",
  kind: "web",
  name: "Firefox on Linux",
  ip: "192.0.2.7",
  is_current: true,
};
let devices = [phone, browser];

beforeEach(() => {
  status = somebody();
  left = 10;
  devices = [phone, browser];
  URL.createObjectURL = () => "blob:codes";
  URL.revokeObjectURL = () => undefined;
});

const server = fakeServer(
  ...emptyWorkspace,
  here(() => status),
  http.get("*/api/account", () =>
    HttpResponse.json({
      user: status.user,
      language: "en",
      has_password: true,
      two_factor: {
        enabled: status.user?.two_factor,
        enabled_at: status.user?.two_factor ? "2026-11-20T08:00:00Z" : null,
        backup_codes_left: left,
      },
      pending_email: null,
    }),
  ),
  http.get("*/api/auth/sessions", () => list(devices)),
  http.post("*/api/auth/2fa/setup", () =>
    HttpResponse.json({
      secret: "JBSWY3DPEHPK3PXP",
      otpauth_uri: "otpauth://totp/Fanfare:ada?secret=JBSWY3DPEHPK3PXP",
      qr_svg: '<svg xmlns="http://www.w3.org/2000/svg"/>',
    }),
  ),
  http.post("*/api/auth/2fa/verify", async ({ request }) => {
    const { code } = (await request.json()) as { code: string };
    if (code !== "123456") return refusal(401, "code_invalid");
    status = { ...status, user: { ...ada, two_factor: true }, took_two_steps: true };
    return HttpResponse.json({ backup_codes: CODES });
  }),
);

test("two-factor is on only after the app's code was given back, and the codes stay until they are kept", async () => {
  openPage("/settings/security");
  await userEvent.click(await screen.findByRole("button", { name: "Set up two-factor" }));
  const wizard = await screen.findByRole("dialog", { name: "Set up two-factor" });
  expect(within(wizard).getByRole("img", { name: /QR code/ })).toHaveAttribute(
    "src",
    expect.stringMatching(/^data:image\/svg\+xml,%3Csvg/),
  );
  expect(within(wizard).getByText("JBSWY3DPEHPK3PXP")).toBeInTheDocument();

  await userEvent.type(within(wizard).getByLabelText("Code that the app shows now"), "000000");
  await userEvent.click(within(wizard).getByRole("button", { name: "Switch on" }));
  expect(await within(wizard).findByRole("alert")).toHaveTextContent("This code is not right");
  await userEvent.clear(within(wizard).getByLabelText("Code that the app shows now"));
  await userEvent.type(within(wizard).getByLabelText("Code that the app shows now"), "123 456");
  await userEvent.click(within(wizard).getByRole("button", { name: "Switch on" }));

  const codes = await screen.findByRole("dialog", { name: "Two-factor is on" });
  expect(
    within(codes)
      .getAllByRole("listitem")
      .map((item) => item.textContent),
  ).toEqual(CODES);
  expect(within(codes).getByRole("link", { name: "Download" })).toHaveAttribute("href", "blob:codes");
  await userEvent.keyboard("{Escape}");
  expect(codes).toBeVisible();
  await userEvent.click(within(codes).getByRole("button", { name: "I have kept them" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(await screen.findByText("10 backup codes are left")).toBeVisible();
});

test("who logged in a while ago gives the password before anything is set up", async () => {
  server.use(
    http.post("*/api/auth/2fa/setup", async ({ request }) => {
      const { password } = (await request.json()) as { password?: string };
      if (password === "harbour loaf")
        return HttpResponse.json({
          secret: "JBSWY3DPEHPK3PXP",
          otpauth_uri: "otpauth://x",
          qr_svg: "<svg/>",
        });
      return refusal(403, "sign_in_again");
    }),
  );
  openPage("/settings/security");
  await userEvent.click(await screen.findByRole("button", { name: "Set up two-factor" }));
  const proof = await screen.findByRole("dialog", { name: "Set up two-factor" });
  await userEvent.type(within(proof).getByLabelText("Password"), "harbour loaf");
  await userEvent.click(within(proof).getByRole("button", { name: "Set up two-factor" }));
  expect(await screen.findByLabelText("Code that the app shows now")).toBeVisible();
});

test("a workspace that asks for two-factor leads to the set-up and back", async () => {
  status = somebody({}, [{ ...bakery, requires_two_factor: true }]);
  const { address } = openPage("/settings/workspace");
  expect(await screen.findByText("“The Bakery” asks everybody for two-factor")).toBeVisible();
  expect(address()).toMatch(/^\/settings\/security\?workspace=w1/);
  await userEvent.click(screen.getByRole("button", { name: "Set up two-factor" }));
  await userEvent.type(await screen.findByLabelText("Code that the app shows now"), "123456");
  await userEvent.click(screen.getByRole("button", { name: "Switch on" }));
  await userEvent.click(await screen.findByRole("button", { name: "I have kept them" }));
  await userEvent.click(await screen.findByRole("button", { name: "Go on" }));
  await waitFor(() => expect(address()).toBe("/settings/workspace"));
});

test("when the workspace begins to ask while somebody works in it, they are led there too", async () => {
  server.use(
    http.get("*/api/members", () => {
      status = somebody({}, [{ ...bakery, requires_two_factor: true }]);
      return refusal(403, "two_factor_required");
    }),
    http.get("*/api/invitations", () => list([])),
  );
  const { address } = openPage("/settings/members");
  expect(await screen.findByText("“The Bakery” asks everybody for two-factor")).toBeVisible();
  expect(address()).toContain("next=%2Fsettings%2Fmembers");
});

test("new backup codes cost a code, and few of them are a warning", async () => {
  status = somebody({ two_factor: true });
  left = 1;
  server.use(
    http.post("*/api/auth/2fa/backup-codes", () => {
      left = 10;
      return HttpResponse.json({ backup_codes: CODES });
    }),
  );
  openPage("/settings/security");
  expect(await screen.findByText("1 backup code is left")).toBeVisible();
  expect(screen.getByText(/Make new ones/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "New backup codes" }));
  const dialog = await screen.findByRole("dialog", { name: "New backup codes" });
  await userEvent.type(within(dialog).getByLabelText("Code"), "123456");
  await userEvent.click(within(dialog).getByRole("button", { name: "Make new codes" }));
  expect(await screen.findByRole("dialog", { name: "Your new backup codes" })).toBeVisible();
});

test("switching off needs password and code", async () => {
  status = somebody({ two_factor: true });
  let sent: unknown;
  server.use(
    http.post("*/api/auth/2fa/disable", async ({ request }) => {
      sent = await request.json();
      status = somebody();
      return new HttpResponse(null, { status: 204 });
    }),
  );
  openPage("/settings/security");
  await userEvent.click(await screen.findByRole("button", { name: "Switch off" }));
  const dialog = await screen.findByRole("dialog", { name: "Switch two-factor off?" });
  await userEvent.click(within(dialog).getByRole("button", { name: "Switch off" }));
  expect(within(dialog).getAllByText("This is needed.")).toHaveLength(2);
  await userEvent.type(within(dialog).getByLabelText("Password"), "harbour loaf");
  await userEvent.type(within(dialog).getByLabelText("Code"), "123456");
  await userEvent.click(within(dialog).getByRole("button", { name: "Switch off" }));
  expect(await screen.findByText("Two-factor is off")).toBeVisible();
  expect(sent).toEqual({ password: "harbour loaf", code: "123456" });
});

test("the device at hand comes first and stays; others are logged out one by one or all", async () => {
  const ended: string[] = [];
  server.use(
    http.delete("*/api/auth/sessions/:id", ({ params }) => {
      ended.push(String(params.id));
      devices = [browser, { ...phone, id: "s3", name: "Safari on a Mac" }];
      return new HttpResponse(null, { status: 204 });
    }),
    http.delete("*/api/auth/sessions", () => {
      devices = [browser];
      return HttpResponse.json({ ended: 1 });
    }),
  );
  openPage("/settings/security");
  const names = () =>
    within(screen.getByRole("region", { name: "Devices" }))
      .getAllByRole("listitem")
      .map((row) => row.textContent);
  await screen.findByText("Firefox on Linux");
  expect(names()[0]).toMatch(/Firefox on LinuxThis device192.0.2.7/);
  expect(screen.queryByRole("button", { name: "Log out Firefox on Linux" })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Log out Fanfare on a telephone" }));
  expect(await screen.findByText("Safari on a Mac")).toBeVisible();
  expect(ended).toEqual(["s2"]);
  await userEvent.click(screen.getByRole("button", { name: "Log out all others" }));
  const ask = await screen.findByRole("dialog", { name: "Log out all other devices?" });
  await userEvent.click(within(ask).getByRole("button", { name: "Log out all others" }));
  expect(await screen.findByText("1 device was logged out")).toBeVisible();
  await waitFor(() => expect(names()).toHaveLength(1));
});
