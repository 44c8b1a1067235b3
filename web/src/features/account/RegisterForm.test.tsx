import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import { show } from "@/test/render";
import { fakeServer } from "@/test/server";
import { RegisterForm } from "./RegisterForm";

const server = fakeServer();

async function fillAndSend(password: string) {
  await userEvent.type(screen.getByLabelText("Your name"), "Ada");
  await userEvent.type(screen.getByLabelText("E-mail address"), "ada@example.com");
  await userEvent.type(screen.getByLabelText("Password"), password);
  await userEvent.click(screen.getByRole("button", { name: "Create account" }));
}

test("what the server refuses stands beside the field it is about", async () => {
  server.use(
    http.post("*/api/auth/register", () =>
      HttpResponse.json(
        {
          code: "invalid_input",
          errors: [{ field: "password", code: "too_short", detail: "It needs 8 or more." }],
        },
        { status: 422 },
      ),
    ),
  );
  const done = vi.fn();
  await show(<RegisterForm onDone={done} />);
  await fillAndSend("loaf");
  expect(await screen.findByText("It needs 8 or more.")).toBeVisible();
  expect(screen.getByLabelText("Password")).toHaveAccessibleDescription(/It needs 8 or more/);
  expect(screen.getByLabelText("Password")).toHaveFocus();
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  expect(done).not.toHaveBeenCalled();
});

test("what is about the whole form is said above it", async () => {
  server.use(
    http.post("*/api/auth/register", () =>
      HttpResponse.json({ code: "email_taken", detail: "Taken." }, { status: 409 }),
    ),
  );
  await show(<RegisterForm onDone={() => undefined} />);
  await fillAndSend("harbour loaf");
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "An account with this e-mail address exists already.",
  );
});

test("nothing is sent while a field is empty", async () => {
  await show(<RegisterForm onDone={() => undefined} />);
  await userEvent.click(screen.getByRole("button", { name: "Create account" }));
  expect(await screen.findAllByText("This is needed.")).toHaveLength(2);
  expect(screen.getByText("This is not an e-mail address.")).toBeVisible();
});
