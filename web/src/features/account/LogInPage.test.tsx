import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { AuthStatus } from "@/api/model";
import { emptyWorkspace, here, nobody, openPage, refusal, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

let status: AuthStatus = nobody;
let codes: unknown[] = [];
beforeEach(() => {
  status = nobody;
  codes = [];
});

const server = fakeServer(
  ...emptyWorkspace,
  here(() => status),
  http.post("*/api/auth/login", () => HttpResponse.json({ two_factor_required: true, ticket: "tick" })),
  http.post("*/api/auth/login-2fa", async ({ request }) => {
    codes.push(await request.json());
    status = somebody({ two_factor: true });
    return HttpResponse.json({ user: status.user });
  }),
);

async function firstStep() {
  await userEvent.type(await screen.findByLabelText("E-mail address"), "ada@example.com");
  await userEvent.type(screen.getByLabelText("Password"), "harbour loaf");
  await userEvent.click(screen.getByRole("button", { name: "Log in" }));
}

test("the code comes after the password, and then one is where one wanted to be", async () => {
  const { address } = openPage("/login?next=%2Fsettings%2Fworkspace");
  await firstStep();
  expect(await screen.findByRole("heading", { name: "Second step" })).toBeVisible();
  const code = screen.getByLabelText("Code from your app");
  expect(code).toHaveAttribute("autocomplete", "one-time-code");
  await userEvent.type(code, " 123456 ");
  await userEvent.click(screen.getByRole("button", { name: "Log in" }));
  await waitFor(() => expect(address()).toBe("/settings/workspace"));
  expect(codes).toEqual([{ ticket: "tick", code: "123456" }]);
});

test("a backup code is taken in place of the app's, and a wrong one is said beside it", async () => {
  server.use(
    http.post("*/api/auth/login-2fa", () =>
      refusal(401, "code_invalid", "This code is not right, or it was used already. Four tries are left."),
    ),
  );
  openPage("/login");
  await firstStep();
  await userEvent.click(await screen.findByRole("button", { name: "Use a backup code" }));
  await userEvent.type(screen.getByLabelText("Backup code"), "abcd-efgh");
  await userEvent.click(screen.getByRole("button", { name: "Log in" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Four tries are left.");
  await userEvent.click(screen.getByRole("button", { name: "Use the app" }));
  expect(screen.getByLabelText("Code from your app")).toHaveValue("");
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
});

test("who took too long begins again and hears why", async () => {
  server.use(http.post("*/api/auth/login-2fa", () => refusal(401, "ticket_expired")));
  openPage("/login");
  await firstStep();
  await userEvent.type(await screen.findByLabelText("Code from your app"), "123456");
  await userEvent.click(screen.getByRole("button", { name: "Log in" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("That took too long");
  expect(screen.getByLabelText("Password")).toBeVisible();
});

test("without the device, a mail leads back in after a day", async () => {
  let asked: unknown;
  server.use(
    http.post("*/api/auth/2fa/recover", async ({ request }) => {
      asked = await request.json();
      return HttpResponse.json({ available_at: "2027-01-05T08:05:00Z" }, { status: 202 });
    }),
  );
  openPage("/login");
  await firstStep();
  await userEvent.click(await screen.findByRole("button", { name: "Lost your device?" }));
  expect(screen.getByText(/begins to work after 24 hours/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Send the link" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(/The link works from .*5 Jan/);
  expect(asked).toEqual({ ticket: "tick" });
  await userEvent.click(screen.getByRole("button", { name: "Back to the code" }));
  expect(screen.getByLabelText("Code from your app")).toBeVisible();
});

test("where no mail is sent, nobody is promised one", async () => {
  status = { ...nobody, mail: false };
  openPage("/login");
  await firstStep();
  await userEvent.click(await screen.findByRole("button", { name: "Lost your device?" }));
  expect(screen.getByText("This installation sends no mail")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Send the link" })).not.toBeInTheDocument();
});

test("the address goes along to where a forgotten password is reset", async () => {
  const { address } = openPage("/login");
  await userEvent.type(await screen.findByLabelText("E-mail address"), "ada@example.com");
  await userEvent.click(screen.getByRole("link", { name: "Forgot your password?" }));
  await waitFor(() => expect(address()).toBe("/forgot-password?email=ada%40example.com"));
  expect(await screen.findByLabelText("E-mail address")).toHaveValue("ada@example.com");
});
