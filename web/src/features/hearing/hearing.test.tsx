import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { WebhookEvent, WebhookEventDetail, WebhookReplay } from "@/api/model";
import { channel } from "@/test/channel";
import { emptyWorkspace, here, list, openPage, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

const comment: WebhookEvent = {
  id: "e1",
  platform: "facebook",
  kind: "feed.comment.add",
  account: { remote_id: "1122", channel_id: "c1", name: "Harbour Bakery" },
  claimed: true,
  status: "processed",
  understood: true,
  test: false,
  attempts: 1,
  effects: 1,
  received_at: "2026-11-20T08:00:00Z",
  occurred_at: "2026-11-20T07:59:58Z",
  processed_at: "2026-11-20T08:00:01Z",
  next_attempt_at: null,
  error: null,
};
const stuck: WebhookEvent = {
  ...comment,
  id: "e2",
  kind: "feed.poll.add",
  status: "dead_letter",
  attempts: 4,
  error: "The channel is gone.",
};

let events: WebhookEvent[] = [];
let asked: string[] = [];
let replays: unknown[] = [];
/** What the server says of a replay that only looks. */
let preview: WebhookReplay;
/** The tests that were sent. */
let tests: unknown[] = [];
let status = somebody();
beforeEach(() => {
  events = [comment, stuck];
  asked = [];
  replays = [];
  tests = [];
  preview = {
    matched: 1,
    more: false,
    dry_run: true,
    items: [{ id: "e2", kind: "feed.poll.add", changes: 2, effects: [], error: null }],
  };
  status = somebody();
});

const detail = (event: WebhookEvent): WebhookEventDetail => ({
  ...event,
  payload: { field: "feed", value: { item: "comment" } },
  headers: { "content-type": "application/json" },
  notices: [],
  failures: event.error ? [{ at: "2026-11-20T08:01:00Z", detail: event.error }] : [],
});

fakeServer(
  http.get("*/api/channels", () => list([channel("c1", "Harbour Bakery", "facebook")])),
  ...emptyWorkspace,
  here(() => status),
  http.get("*/api/webhook-events/stats", () =>
    HttpResponse.json({
      pending: 0,
      processing: 0,
      processed: 12,
      failed: 0,
      dead_letter: 1,
      not_understood: 3,
      platforms: [
        { platform: "facebook", last_received_at: "2026-11-20T08:00:00Z", received_24h: 10, failed_24h: 1 },
      ],
      receivers: [
        {
          platform: "facebook",
          name: "Facebook",
          url: "https://fanfare.example/hooks/facebook",
          configured: true,
          has_verify_token: false,
          test_kinds: ["comment", "message"],
        },
      ],
    }),
  ),
  http.post("*/api/webhook-events/test", async ({ request }) => {
    tests.push(await request.json());
    events = [...events, { ...comment, id: "e3", kind: "test.messages", test: true, effects: 0 }];
    return HttpResponse.json(events.at(-1));
  }),
  http.get("*/api/webhook-events/health", () => list([])),
  http.get("*/api/webhook-events", ({ request }) => {
    const query = new URL(request.url).searchParams;
    asked.push(query.toString());
    const wanted = query.get("status");
    return list(events.filter(({ status: one }) => !wanted || one === wanted));
  }),
  http.get("*/api/webhook-events/:id", ({ params }) => {
    const event = events.find(({ id }) => id === params.id);
    return event ? HttpResponse.json(detail(event)) : new HttpResponse(null, { status: 404 });
  }),
  http.post("*/api/webhook-events/replay", async ({ request }) => {
    const input = (await request.json()) as { dry_run: boolean };
    replays.push(input);
    return HttpResponse.json(input.dry_run ? preview : { ...preview, dry_run: false, items: [] });
  }),
  http.post("*/api/webhook-events/:id/retry", ({ params }) => {
    events = events.map((event) =>
      event.id === params.id ? { ...event, status: "processed", error: null } : event,
    );
    return HttpResponse.json(events.find(({ id }) => id === params.id));
  }),
  http.delete("*/api/webhook-events/:id", ({ params }) => {
    events = events.filter(({ id }) => id !== params.id);
    return new HttpResponse(null, { status: 204 });
  }),
);

const rows = async () => within(await screen.findByRole("list", { name: "Webhooks" }));

test("events are told in words where there are some, and by their own name where not", async () => {
  openPage("/webhooks");
  const found = await rows();
  expect(await found.findByRole("link", { name: "A new comment" })).toBeVisible();
  expect(found.getByRole("link", { name: "feed.poll.add" })).toBeVisible();
  expect(found.getByText("Gave up")).toBeVisible();
  expect(screen.getByText(/^In the last week 3 events were of kinds/)).toBeVisible();
});

test("a figure shows only those events, and the address says so", async () => {
  const page = openPage("/webhooks");
  await userEvent.click(await screen.findByRole("link", { name: "1 Gave up" }));
  expect(page.address()).toBe("/webhooks?status=dead_letter");
  await expect.poll(async () => (await rows()).queryByText("A new comment")).toBeNull();
  expect(asked.at(-1)).toContain("status=dead_letter");
});

test("an event that Fanfare gave up on says why, and is tried again", async () => {
  openPage("/webhooks/e2");
  const panel = within(await screen.findByRole("dialog", { name: "feed.poll.add" }));
  expect(await panel.findByText("Fanfare gave up on this event")).toBeVisible();
  expect(panel.getAllByText(/The channel is gone/)[0]).toBeVisible();
  expect(panel.getByText(/"item": "comment"/)).toBeVisible();
  await userEvent.click(panel.getByRole("button", { name: "Try again" }));
  expect(await panel.findByText("Done", { selector: "span" })).toBeVisible();
});

test("replaying says first what would change", async () => {
  openPage("/webhooks?status=dead_letter");
  await userEvent.click(await screen.findByRole("button", { name: "Work off again" }));
  const dialog = within(await screen.findByRole("dialog", { name: /Work off what/ }));
  expect(await dialog.findByText("feed.poll.add: 2 things")).toBeVisible();
  await userEvent.click(dialog.getByRole("button", { name: "Work off 1 event" }));
  await expect
    .poll(() => replays)
    .toEqual([
      { status: "dead_letter", dry_run: true },
      { status: "dead_letter", dry_run: false },
    ]);
});

/** The first hundred events, of which so many would change something. */
const firstHundred = (changing: number): WebhookReplay["items"] =>
  Array.from({ length: 100 }, (_, at) => ({
    id: `e${at}`,
    kind: "feed.poll.add",
    changes: at < changing ? 1 : 0,
    effects: [],
    error: null,
  }));

test.each<[number, RegExp]>([
  [0, /^Of the first 100 of 2,431 events, none would change anything/],
  [1, /^Looked at: the first 100 of 2,431 events/],
])(
  "of many events it is said how many were looked at, with %i that change something",
  async (changing, words) => {
    preview = { ...preview, matched: 2431, items: firstHundred(changing) };
    openPage("/webhooks?status=dead_letter");
    await userEvent.click(await screen.findByRole("button", { name: "Work off again" }));
    const dialog = within(await screen.findByRole("dialog", { name: /Work off what/ }));
    expect(await dialog.findByText(words)).toBeVisible();
    expect(dialog.queryByText(/everything is so already/)).toBeNull();
  },
);

test("a test of a channel's platform is sent, and leads to its event", async () => {
  const page = openPage("/webhooks");
  await userEvent.click(await screen.findByRole("button", { name: "Send a test event" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Send a test event" }));
  expect(await dialog.findByLabelText("Channel")).toHaveDisplayValue("Facebook: Harbour Bakery");
  await userEvent.selectOptions(dialog.getByLabelText("What happened"), "A message");
  await userEvent.click(dialog.getByRole("button", { name: "Send it" }));
  const panel = within(await screen.findByRole("dialog", { name: "A message" }));
  expect(await panel.findByText("It arrived")).toBeVisible();
  expect(tests).toEqual([{ channel_id: "c1", kind: "message" }]);
  expect(page.address()).toBe("/webhooks/e3");
});

test("who may only read is offered nothing else", async () => {
  status = somebody({}, [{ id: "w1", name: "The Bakery", role: "editor", requires_two_factor: false }]);
  openPage("/webhooks/e2");
  expect(await screen.findByText("Fanfare gave up on this event")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Delete" })).toBeNull();
  expect(screen.queryByRole("switch")).toBeNull();
  expect(screen.queryByRole("button", { name: "Send a test event" })).toBeNull();
});

test("before anything was heard, the page says how to be told", async () => {
  events = [];
  openPage("/webhooks");
  expect(await screen.findByText("Nothing was heard yet")).toBeVisible();
  await userEvent.click(screen.getByText("Addresses for the platforms"));
  expect(screen.getByText("https://fanfare.example/hooks/facebook")).toBeVisible();
  expect(screen.getByText("No verify token")).toBeVisible();
});
