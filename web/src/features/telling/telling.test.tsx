import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { WebhookAttempt, WebhookEndpoint } from "@/api/model";
import { bakery, emptyWorkspace, here, list, openPage, refusal, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

const website: WebhookEndpoint = {
  id: "h1",
  url: "https://bakery.example/fanfare",
  description: "Website",
  event_types: [],
  enabled: true,
  disabled: null,
  headers: [{ name: "X-Key" }],
  created_at: "2026-11-01T08:00:00Z",
  updated_at: "2026-11-01T08:00:00Z",
  failing_since: null,
  last_success_at: "2026-11-20T08:00:00Z",
  last_failure: null,
  previous_secret_until: null,
  waiting: 0,
};
const failing: WebhookEndpoint = {
  ...website,
  id: "h2",
  url: "http://tools.example:8080/in",
  description: "",
  event_types: ["post.failed", "post.published"],
  failing_since: "2026-11-20T08:00:00Z",
  last_failure: { at: "2026-11-20T09:00:00Z", status: 500, error: "It answered 500." },
  waiting: 3,
};
const gone: WebhookEndpoint = {
  ...website,
  id: "h3",
  description: "Old shop",
  enabled: false,
  disabled: { at: "2026-11-20T08:00:00Z", why: "gone" },
};

const arrived: WebhookAttempt = {
  id: "a1",
  message_id: "msg_1",
  event_type: "post.published",
  number: 1,
  at: "2026-11-20T08:00:00Z",
  duration_ms: 84,
  outcome: "succeeded",
  response: { status: 200, body: '{"ok":true}' },
  error: null,
  request: {
    url: website.url,
    headers: [
      { name: "webhook-id", value: "msg_1" },
      { name: "x-key", value: "•••" },
    ],
    body: '{"type":"post.published"}',
  },
  message: { status: "delivered", next_attempt_at: null },
};
const refused: WebhookAttempt = {
  ...arrived,
  id: "a2",
  message_id: "msg_2",
  event_type: "rocket.launched",
  number: 2,
  outcome: "failed",
  response: null,
  error: "Nobody answered. Look whether your program runs.",
  message: { status: "pending", next_attempt_at: "2026-11-20T09:00:00Z" },
};

const TYPES = ["post.published", "post.failed", "connection.restored", "webhook.test"].map((type) => ({
  type,
  description: "",
  example: { type },
}));

let endpoints: WebhookEndpoint[] = [];
let asked: URLSearchParams[] = [];
let sent: { what: string; input: unknown }[] = [];
let status = somebody();
beforeEach(() => {
  endpoints = [website, failing, gone];
  asked = [];
  sent = [];
  status = somebody();
});

const note = async (what: string, request: Request) => {
  const input = (await request.json()) as Record<string, unknown>;
  sent.push({ what, input });
  return input;
};
const inputOf = (what: string) => sent.filter((each) => each.what === what).map(({ input }) => input);

const server = fakeServer(
  ...emptyWorkspace,
  here(() => status),
  http.get("*/api/webhook-events", () => list([])),
  http.get("*/api/webhook-events/stats", () => new HttpResponse(null, { status: 404 })),
  http.get("*/api/webhooks", () => list(endpoints)),
  http.post("*/api/webhooks", async ({ request }) => {
    const input = await note("make", request);
    if (String(input.url).includes("nowhere"))
      return refusal(422, "validation_failed", "", [
        { field: "url", code: "invalid", detail: "This is no address." },
      ]);
    const made = { ...website, ...input, id: "h9" };
    endpoints = [...endpoints, made];
    return HttpResponse.json({ ...made, secret: "whsec_c2VjcmV0" }, { status: 201 });
  }),
  http.get("*/api/webhooks/event-types", () => list(TYPES)),
  http.get("*/api/webhooks/:id", ({ params }) => {
    const endpoint = endpoints.find(({ id }) => id === params.id);
    return endpoint ? HttpResponse.json(endpoint) : refusal(404, "not_found");
  }),
  http.patch("*/api/webhooks/:id", async ({ request, params }) => {
    const { enabled, ...rest } = (await note("change", request)) as Partial<WebhookEndpoint>;
    endpoints = endpoints.map((each) =>
      each.id === params.id
        ? {
            ...each,
            ...rest,
            ...(enabled === undefined ? {} : { enabled }),
            disabled: enabled === false ? { at: "2026-11-20T08:00:00Z", why: "person" } : null,
          }
        : each,
    );
    return HttpResponse.json(endpoints.find(({ id }) => id === params.id));
  }),
  http.delete("*/api/webhooks/:id", ({ params }) => {
    endpoints = endpoints.filter(({ id }) => id !== params.id);
    return new HttpResponse(null, { status: 204 });
  }),
  http.post("*/api/webhooks/:id/test", async ({ request }) => {
    const input = await note("test", request);
    return HttpResponse.json({ ...arrived, event_type: input.event_type });
  }),
  http.post("*/api/webhooks/:id/rotate-secret", async ({ request }) => {
    await note("rotate", request);
    return HttpResponse.json({ secret: "whsec_bmV4dA==", previous_secret_until: "2026-11-21T08:00:00Z" });
  }),
  http.get("*/api/webhooks/:id/attempts", ({ request }) => {
    const query = new URL(request.url).searchParams;
    asked.push(query);
    const outcome = query.get("outcome");
    return list([arrived, refused].filter((each) => !outcome || each.outcome === outcome));
  }),
  http.post("*/api/webhooks/:id/replay", async ({ request }) => {
    const input = await note("replay", request);
    const many = input.message_id ? 1 : input.only_failed ? 2 : 14;
    return HttpResponse.json({ messages: many, dry_run: input.dry_run });
  }),
);

const dialog = async (name: string | RegExp) => within(await screen.findByRole("dialog", { name }));
const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole("button", { name }));

test("two tabs lead from what is heard to what is told", async () => {
  const page = openPage("/webhooks");
  await userEvent.click(await screen.findByRole("link", { name: "Outgoing" }));
  await waitFor(() => expect(page.address()).toBe("/webhooks/outgoing"));
  await waitFor(() =>
    expect(screen.getByRole("link", { name: "Outgoing" })).toHaveAttribute("aria-current", "page"),
  );
  expect(screen.getByRole("link", { name: "Incoming" })).not.toHaveAttribute("aria-current");
});

test("the list says how each endpoint fares, what waits for it and of what it is told", async () => {
  openPage("/webhooks/outgoing");
  const rows = within(await screen.findByRole("list", { name: "Outgoing" })).getAllByRole("listitem");
  expect(rows[0]).toHaveTextContent(/^Websitehttps:\/\/bakery.example\/fanfareEverything · Last success/);
  expect(rows[0]).toHaveTextContent(/Works$/);
  expect(rows[1]).toHaveTextContent(/^tools.example:8080/);
  expect(rows[1]).toHaveTextContent("2 kinds of events · 3 messages are waiting");
  expect(rows[1]).toHaveTextContent(/Failing$/);
  expect(rows[2]).toHaveTextContent(/Off$/);
});

test("before there is any, the page says what endpoints are for", async () => {
  endpoints = [];
  openPage("/webhooks/outgoing");
  expect(await screen.findByText("No program is told anything yet")).toBeVisible();
  expect(screen.getAllByRole("button", { name: "New endpoint" })).toHaveLength(2);
});

test("a new endpoint is told of chosen kinds with headers of its own, and its secret is shown once", async () => {
  endpoints = [];
  openPage("/webhooks/outgoing");
  await userEvent.click((await screen.findAllByRole("button", { name: "New endpoint" }))[0] as HTMLElement);
  const form = await dialog("New endpoint");
  await userEvent.type(form.getByRole("textbox", { name: "Address" }), "http://nowhere");
  expect(form.getByText("This address is not encrypted")).toBeVisible();
  await userEvent.click(form.getByRole("checkbox", { name: "Everything" }));
  expect(form.getByRole("button", { name: "Make the endpoint" })).toBeDisabled();
  await userEvent.click(await form.findByRole("checkbox", { name: "Posts" }));
  await userEvent.click(form.getByRole("checkbox", { name: /^A post failed/ }));
  expect(form.getByRole("checkbox", { name: "Posts" })).toBePartiallyChecked();
  await userEvent.click(form.getByRole("button", { name: "Add a header" }));
  await userEvent.type(form.getByRole("textbox", { name: "Name 1" }), "X-Key");
  await userEvent.type(form.getByRole("textbox", { name: "Value 1" }), "abc");
  await userEvent.click(form.getByRole("button", { name: "Make the endpoint" }));
  expect(await form.findByText("This is no address.")).toBeVisible();

  await userEvent.clear(form.getByRole("textbox", { name: "Address" }));
  await userEvent.type(form.getByRole("textbox", { name: "Address" }), "https://bakery.example");
  expect(form.queryByText("This address is not encrypted")).toBeNull();
  await userEvent.click(form.getByRole("button", { name: "Make the endpoint" }));
  const once = await dialog("Copy the secret now");
  expect(once.getByText("whsec_c2VjcmV0")).toBeVisible();
  expect(once.getByText(/timingSafeEqual\(theirs/)).toBeVisible();
  await userEvent.click(once.getByRole("radio", { name: "Python" }));
  expect(once.getByText(/def is_from_fanfare/)).toBeVisible();
  await userEvent.click(once.getByRole("button", { name: "I have copied it" }));
  expect(inputOf("make").at(-1)).toEqual({
    url: "https://bakery.example",
    description: "",
    event_types: ["post.published"],
    headers: [{ name: "X-Key", value: "abc" }],
  });
  expect(await screen.findByRole("link", { name: "bakery.example" })).toBeVisible();
});

test("a header whose value nobody sees keeps it unless it is written anew", async () => {
  openPage("/webhooks/outgoing/h1");
  await press("Change");
  const form = await dialog("Change Website");
  expect(form.getByRole("textbox", { name: "Value 1" })).toHaveAttribute("placeholder", "As it was");
  await userEvent.click(form.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(inputOf("change")).toHaveLength(1));
  expect(inputOf("change")[0]).toMatchObject({ headers: [{ name: "X-Key" }], event_types: [] });

  await press("Change");
  const again = await dialog("Change Website");
  await userEvent.type(again.getByRole("textbox", { name: "Name 1" }), "2");
  await userEvent.type(again.getByRole("textbox", { name: "Value 1" }), "new");
  await userEvent.click(again.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(inputOf("change")).toHaveLength(2));
  expect(inputOf("change")[1]).toMatchObject({ headers: [{ name: "X-Key2", value: "new" }] });
});

test("why an endpoint fails or is off is said, and it can be turned on again", async () => {
  openPage("/webhooks/outgoing/h3");
  expect(await screen.findByText(/Fanfare turned it off on/)).toBeVisible();
  expect(screen.getByText(/answered 410/)).toBeVisible();
  await press("Turn on");
  expect(await screen.findByText("Works")).toBeVisible();
  expect(screen.queryByText(/answered 410/)).toBeNull();
  await press("Turn off");
  expect(await screen.findByText(/It was turned off on/)).toBeVisible();
  await press("Undo");
  expect(await screen.findByText("Works")).toBeVisible();
});

test("an endpoint that fails says since when, and with what", async () => {
  openPage("/webhooks/outgoing/h2");
  expect(await screen.findByText(/It has been failing since/)).toBeVisible();
  expect(screen.getByText(/It answered 500\. Fanfare goes on trying/)).toBeVisible();
});

test("a test shows at once what was answered", async () => {
  openPage("/webhooks/outgoing/h1");
  await press("Send a test");
  const test = await dialog("Test Website");
  await userEvent.selectOptions(test.getByLabelText("What to send"), "A post failed");
  expect(await test.findByText(/"type": "post.failed"/)).toBeVisible();
  await userEvent.click(test.getByRole("button", { name: "Send now" }));
  expect(await test.findByText("Answered 200 after 84 ms")).toBeVisible();
  expect(test.getByText(/"ok": true/)).toBeVisible();
  expect(inputOf("test")).toEqual([{ event_type: "post.failed" }]);
});

test("attempts are narrowed down in the address, and one opens with all that was sent and answered", async () => {
  const page = openPage("/webhooks/outgoing/h1");
  const log = within(await screen.findByRole("list", { name: "Attempts" }));
  expect(log.getAllByRole("listitem")[0]).toHaveTextContent(/^A post is outAttempt 1 · 200 · 84 ms/);
  await userEvent.selectOptions(screen.getByLabelText("Outcome"), "Failed");
  await waitFor(() => expect(page.address()).toBe("/webhooks/outgoing/h1?outcome=failed"));
  await waitFor(() => expect(log.getAllByRole("listitem")).toHaveLength(1));
  expect(asked.at(-1)?.get("outcome")).toBe("failed");

  await userEvent.click(screen.getByRole("link", { name: "rocket.launched" }));
  const panel = await dialog("rocket.launched");
  expect(page.address()).toBe("/webhooks/outgoing/h1/a2?outcome=failed");
  expect(panel.getByText("No answer after 84 ms")).toBeVisible();
  expect(panel.getByText(/Look whether your program runs/)).toBeVisible();
  expect(panel.getByText(/is tried again on/)).toBeVisible();
  expect(panel.getByText(/x-key: •••/)).toBeVisible();
  await userEvent.click(panel.getByRole("button", { name: "Send it again" }));
  await waitFor(() => expect(inputOf("replay")).toEqual([{ message_id: "msg_2", dry_run: false }]));
  await userEvent.click(panel.getByRole("link", { name: "All attempts of this message" }));
  await waitFor(() => expect(page.address()).toBe("/webhooks/outgoing/h1?message=msg_2"));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("sending a span of time again says first how much that is", async () => {
  openPage("/webhooks/outgoing/h1");
  await press("Send again");
  const again = await dialog("Send again to Website");
  expect(await again.findByText("2 messages would be sent again.")).toBeVisible();
  await userEvent.click(again.getByRole("checkbox", { name: "Only what did not arrive" }));
  await userEvent.click(await again.findByRole("button", { name: "Send 14 messages" }));
  expect(await screen.findByText("14 messages are on their way again")).toBeVisible();
  const told = inputOf("replay") as { since: string; only_failed: boolean; dry_run: boolean }[];
  expect(told.map(({ only_failed, dry_run }) => [only_failed, dry_run])).toEqual([
    [true, true],
    [false, true],
    [false, false],
  ]);
  expect(Date.now() - Date.parse(told[2]?.since ?? "")).toBeGreaterThan(86_000_000);
});

test("the secret is rotated with an overlap, and the new one is shown once", async () => {
  openPage("/webhooks/outgoing/h1");
  await press("Rotate the secret");
  const ask = await dialog("Rotate the secret of Website?");
  await userEvent.selectOptions(ask.getByLabelText("The present one goes on for"), "It ends at once");
  await userEvent.click(ask.getByRole("button", { name: "Rotate the secret" }));
  expect(await (await dialog("Copy the secret now")).findByText("whsec_bmV4dA==")).toBeVisible();
  expect(inputOf("rotate")).toEqual([{ overlap_hours: 0 }]);
});

test("deleting names what is lost, and leads back to the others", async () => {
  const page = openPage("/webhooks/outgoing/h2");
  await press("Delete");
  const ask = await dialog("Delete tools.example:8080?");
  expect(ask.getByText(/log of its attempts are gone for good/)).toBeVisible();
  expect(ask.getByText(/3 messages that wait for it are never sent/)).toBeVisible();
  await userEvent.click(ask.getByRole("button", { name: "Delete" }));
  await waitFor(() => expect(page.address()).toBe("/webhooks/outgoing"));
  await waitFor(() => expect(screen.queryByRole("link", { name: "tools.example:8080" })).toBeNull());
});

test("who may only read is offered nothing else, and who may not even that is told so", async () => {
  status = somebody({}, [{ ...bakery, role: "editor" }]);
  openPage("/webhooks/outgoing/h3/a1");
  expect(await screen.findByText(/Fanfare turned it off on/)).toBeVisible();
  expect(await screen.findByRole("dialog", { name: "A post is out" })).toBeVisible();
  for (const name of ["Turn on", "Change", "Delete", "Send a test", "Send it again"])
    expect(screen.queryByRole("button", { name })).toBeNull();
});

test("a role that reads no webhooks asks for none", async () => {
  status = somebody({}, [{ ...bakery, role: "contributor" }]);
  server.use(http.get("*/api/webhooks", () => refusal(403, "forbidden")));
  openPage("/webhooks/outgoing");
  expect(await screen.findByText("This page is for owners, admins and editors")).toBeVisible();
  expect(screen.queryByRole("button", { name: "New endpoint" })).toBeNull();
});
