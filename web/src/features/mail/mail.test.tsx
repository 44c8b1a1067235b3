import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { AuthStatus, MailMessage, MailState, MailSuppression } from "@/api/model";
import { emptyWorkspace, here, list, openPage, refusal, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

const mailbox: MailState = {
  transport: "mailbox",
  from: "Fanfare <fanfare@example.com>",
  queued: 0,
  sent: 2,
  failed: 1,
  bounced: 0,
  suppressed: 0,
};
const sentOne: MailMessage = {
  id: "m1",
  to: "ada@example.com",
  kind: "verify_email",
  subject: "Confirm your address",
  status: "sent",
  attempts: 1,
  error: null,
  created_at: "2026-11-20T08:00:00Z",
  sent_at: "2026-11-20T08:00:01Z",
  delivered_at: null,
};
const failedOne: MailMessage = {
  ...sentOne,
  id: "m2",
  to: "bo@example.com",
  subject: "You are invited",
  status: "failed",
  attempts: 8,
  error: "The mail server refused: 550 no such user.",
  sent_at: null,
};
const template = {
  name: "verify_email",
  language: "en",
  description: "Sent to confirm an address.",
  subject: "Confirm your address",
  html: "<p>Hello {{ name }}</p>",
  text: "Hello {{ name }}",
  is_changed: false,
  variables: ["name", "link"],
};

let status: AuthStatus = somebody({ is_admin: true });
let state = mailbox;
let changed = false;
let sent: unknown[] = [];
let leftAlone: MailSuppression[] = [];
beforeEach(() => {
  status = somebody({ is_admin: true });
  state = mailbox;
  changed = false;
  sent = [];
  leftAlone = [];
});

const server = fakeServer(
  ...emptyWorkspace,
  here(() => status),
  http.get("*/api/admin/mail", () => HttpResponse.json(state)),
  http.get("*/api/admin/mail/messages", ({ request }) => {
    const wanted = new URL(request.url).searchParams.get("status");
    return list([sentOne, failedOne].filter((message) => !wanted || message.status === wanted));
  }),
  http.get("*/api/admin/mail/messages/:id", ({ params }) =>
    HttpResponse.json(
      params.id === "m1"
        ? { ...sentOne, html: "<p>Hello</p>", text: "Follow http://x/verify-email?token=1 soon." }
        : { ...failedOne, html: null, text: null },
    ),
  ),
  http.get("*/api/admin/mail/suppressions", () => list(leftAlone)),
  http.get("*/api/admin/mail/templates", () => list([template])),
  http.get("*/api/admin/mail/templates/verify_email", ({ request }) => {
    const language = new URL(request.url).searchParams.get("language");
    return HttpResponse.json({
      ...template,
      language,
      is_changed: changed,
      subject: language === "es" ? "Confirma tu correo" : changed ? "Our subject" : template.subject,
    });
  }),
  http.post("*/api/admin/mail/templates/verify_email/preview", async ({ request }) => {
    const words = (await request.json()) as typeof template;
    return HttpResponse.json({
      subject: `Preview: ${words.subject}`,
      html: words.html,
      text: words.text.replace("{{ name }}", "Ada"),
    });
  }),
);

test("the sandbox's mailbox shows what people would get, with links that can be followed", async () => {
  const { address } = openPage("/admin/mail");
  expect(await screen.findByRole("heading", { name: "Messages stay here" })).toBeVisible();
  await userEvent.click(await screen.findByRole("link", { name: "Confirm your address" }));
  const panel = within(await screen.findByRole("dialog", { name: "Confirm your address" }));
  expect(address()).toBe("/admin/mail/messages/m1");
  expect(panel.getByRole("link", { name: "http://x/verify-email?token=1" })).toHaveAttribute(
    "href",
    "http://x/verify-email?token=1",
  );
  const frame = panel.getByTitle("As people see it");
  expect(frame.getAttribute("sandbox")?.split(" ")).not.toContain("allow-scripts");
});

test("what failed is found by its state, says why, and is sent again", async () => {
  server.use(
    http.post("*/api/admin/mail/messages/m2/retry", () => {
      sent.push("m2");
      return HttpResponse.json({ ...failedOne, status: "queued" });
    }),
  );
  const { address } = openPage("/admin/mail");
  await screen.findByText("bo@example.com");
  await userEvent.click(screen.getByRole("radio", { name: "Failed" }));
  await waitFor(() => expect(address()).toBe("/admin/mail?status=failed"));
  await waitFor(() => expect(screen.queryByText("ada@example.com")).not.toBeInTheDocument());
  await userEvent.click(screen.getByRole("link", { name: "You are invited" }));
  const panel = within(await screen.findByRole("dialog", { name: "You are invited" }));
  expect(panel.getByText("The mail server refused: 550 no such user.")).toBeVisible();
  expect(panel.getByText("What messages say is kept by the sandbox only.")).toBeVisible();
  await userEvent.click(panel.getByRole("button", { name: "Send again" }));
  expect(await screen.findByText("It is sent again")).toBeVisible();
  expect(sent).toEqual(["m2"]);
  await userEvent.click(panel.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(address()).toBe("/admin/mail?status=failed"));
});

test("an address that was left alone is written to again", async () => {
  leftAlone = [
    { address: "bo@example.com", refusal: "bounced", reason: "550 no such user", at: "2026-11-20T08:00:00Z" },
  ];
  server.use(
    http.delete("*/api/admin/mail/suppressions/:address", ({ params }) => {
      sent.push(params.address);
      leftAlone = [];
      return new HttpResponse(null, { status: 204 });
    }),
  );
  openPage("/admin/mail");
  const left = within(await screen.findByRole("region", { name: "Addresses left alone" }));
  expect(left.getByText(/550 no such user/)).toBeVisible();
  await userEvent.click(left.getByRole("button", { name: "Write to bo@example.com again" }));
  expect(await screen.findByText("bo@example.com is written to again")).toBeVisible();
  await waitFor(() =>
    expect(screen.queryByRole("heading", { name: "Addresses left alone" })).not.toBeInTheDocument(),
  );
  expect(sent).toEqual(["bo@example.com"]);
});

test("without a mail server it is said what does not work, and what to do", async () => {
  state = { ...mailbox, transport: "none", from: null };
  openPage("/admin/mail");
  expect(await screen.findByText(/Set up SMTP or SendGrid in the configuration/)).toBeVisible();
});

test("a test message goes to oneself unless another address is given", async () => {
  server.use(
    http.post("*/api/admin/mail/test", async ({ request }) => {
      const input = await request.json();
      sent.push(input);
      return HttpResponse.json({ ...sentOne, status: "queued" }, { status: 202 });
    }),
  );
  openPage("/admin/mail");
  await userEvent.click(await screen.findByRole("button", { name: "Send a test" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Send a test message" }));
  expect(dialog.getByLabelText("To")).toHaveValue("ada@example.com");
  await userEvent.click(dialog.getByRole("button", { name: "Send" }));
  expect(await screen.findByText("A test is on its way to ada@example.com")).toBeVisible();
  expect(sent).toEqual([{ to: "ada@example.com" }]);
});

test("a template is changed with its preview beside, and ours brought back", async () => {
  server.use(
    http.put("*/api/admin/mail/templates/verify_email", async ({ request }) => {
      sent.push(await request.json());
      changed = true;
      return HttpResponse.json({ ...template, is_changed: true, subject: "Our subject" });
    }),
    http.delete("*/api/admin/mail/templates/verify_email", () => {
      changed = false;
      return new HttpResponse(null, { status: 204 });
    }),
  );
  openPage("/admin/mail/templates");
  await userEvent.click(await screen.findByRole("link", { name: "Sent to confirm an address." }));
  const subject = await screen.findByLabelText("Subject");
  const preview = within(screen.getByRole("region", { name: "Preview" }));
  expect(await preview.findByText("Hello Ada")).toBeVisible();
  expect(screen.getByText("{{ link }}")).toBeVisible();
  expect(screen.getByRole("button", { name: "Save" })).toBeDisabled();
  await userEvent.clear(subject);
  await userEvent.type(subject, "Our subject");
  expect(await preview.findByText("Preview: Our subject")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The template is saved")).toBeVisible();
  expect(sent).toEqual([
    { language: "en", subject: "Our subject", html: template.html, text: template.text },
  ]);
  await userEvent.click(await screen.findByRole("button", { name: "Back to ours" }));
  const ask = within(await screen.findByRole("dialog", { name: "Bring Fanfare’s own words back?" }));
  await userEvent.click(ask.getByRole("button", { name: "Back to ours" }));
  await waitFor(() => expect(screen.getByLabelText("Subject")).toHaveValue("Confirm your address"));
});

test("whoever leaves changed words that are not saved is asked, may stay, and may leave", async () => {
  openPage("/admin/mail/templates/verify_email?language=en");
  await userEvent.type(await screen.findByLabelText("Subject"), "!");
  const leave = async () => {
    await userEvent.click(screen.getByRole("link", { name: "Templates" }));
    return within(await screen.findByRole("dialog", { name: "Your changes are not saved" }));
  };
  await userEvent.click((await leave()).getByRole("button", { name: "Stay" }));
  expect(screen.getByLabelText("Subject")).toHaveValue("Confirm your address!");
  await userEvent.click((await leave()).getByRole("button", { name: "Leave" }));
  expect(await screen.findByRole("link", { name: "Sent to confirm an address." })).toBeVisible();
});

test("whoever leaves while the words are being saved goes on by themselves once they are", async () => {
  let answer: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  server.use(
    http.put("*/api/admin/mail/templates/verify_email", async () => {
      await held;
      return HttpResponse.json({ ...template, is_changed: true, subject: "Our subject" });
    }),
  );
  openPage("/admin/mail/templates/verify_email?language=en");
  await userEvent.type(await screen.findByLabelText("Subject"), "!");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await userEvent.click(screen.getByRole("link", { name: "Templates" }));
  expect(await screen.findByRole("dialog", { name: "Your changes are not saved" })).toBeVisible();
  answer();
  expect(await screen.findByRole("link", { name: "Sent to confirm an address." })).toBeVisible();
});

test("a template is tried out as it stands in the editor, saved or not", async () => {
  server.use(
    http.post("*/api/admin/mail/templates/verify_email/test", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ ...sentOne, status: "queued" }, { status: 202 });
    }),
  );
  openPage("/admin/mail/templates/verify_email?language=en");
  const subject = await screen.findByLabelText("Subject");
  await userEvent.clear(subject);
  await userEvent.type(subject, "Not saved");
  await userEvent.click(screen.getByRole("button", { name: "Send a test to me" }));
  expect(await screen.findByText("A test is on its way to ada@example.com")).toBeVisible();
  expect(sent).toEqual([{ language: "en", subject: "Not saved", html: template.html, text: template.text }]);
});

test("where no mail is set up a template cannot be tried out, and it is said why", async () => {
  server.use(
    http.post("*/api/admin/mail/templates/verify_email/test", () =>
      refusal(409, "mail_not_configured", "No mail can be sent yet."),
    ),
  );
  openPage("/admin/mail/templates/verify_email?language=en");
  await userEvent.click(await screen.findByRole("button", { name: "Send a test to me" }));
  expect(await screen.findByText("No test was sent")).toBeVisible();
  expect(await screen.findByText(/No mail can be sent yet/)).toBeVisible();
});

test("a mistake in a template is named beside the words that have it", async () => {
  server.use(
    http.post("*/api/admin/mail/templates/verify_email/preview", () =>
      refusal(422, "template_invalid", "", [
        { field: "html", code: "template_invalid", detail: "Line 1: a block is not closed." },
      ]),
    ),
  );
  openPage("/admin/mail/templates/verify_email?language=en");
  const html = await screen.findByLabelText("HTML");
  await waitFor(() => expect(html).toHaveAccessibleDescription(/Line 1: a block is not closed/));
});

test("the words of the other language are another address", async () => {
  const { address } = openPage("/admin/mail/templates/verify_email?language=en");
  await screen.findByLabelText("Subject");
  await userEvent.click(screen.getByRole("radio", { name: "Español" }));
  await waitFor(() => expect(screen.getByLabelText("Subject")).toHaveValue("Confirma tu correo"));
  expect(address()).toBe("/admin/mail/templates/verify_email?language=es");
});
