import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { ChannelHearing } from "@/api/model";
import { emptyWorkspace, here, list, openPage, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

const field = (name: string, wanted: boolean, told: boolean | null) => ({
  name,
  wanted,
  told,
  missing_scope: null,
});
const heard: ChannelHearing = {
  channel_id: "c1",
  connection_id: "n1",
  platform: "facebook",
  name: "Harbour Bakery",
  last_heard_at: "2026-11-20T08:00:00Z",
  received_24h: 10,
  failed_24h: 1,
  last_published_at: null,
  silent: false,
  subscription: {
    channel_id: "c1",
    state: "told",
    fields: [field("feed", true, true), field("messages", false, false)],
    chosen_in_application: false,
    verified_at: "2026-11-20T08:00:00Z",
    error: null,
    failed_at: null,
  },
  can_catch_up: true,
  catch_up: null,
};

let hearing = heard;
let asked: unknown[] = [];
let status = somebody();
beforeEach(() => {
  hearing = heard;
  asked = [];
  status = somebody();
});

fakeServer(
  ...emptyWorkspace,
  here(() => status),
  http.get("*/api/webhook-events/stats", () =>
    HttpResponse.json({
      pending: 0,
      processing: 0,
      processed: 0,
      failed: 0,
      dead_letter: 0,
      not_understood: 0,
      platforms: [],
      receivers: [],
    }),
  ),
  http.get("*/api/webhook-events/health", () => list([hearing])),
  http.get("*/api/webhook-events", () => list([])),
  http.put("*/api/channels/c1/subscription", async ({ request }) => {
    asked.push(await request.json());
    return HttpResponse.json(hearing.subscription);
  }),
  http.post("*/api/channels/c1/subscription/repair", () => {
    asked.push("repair");
    hearing = heard;
    return HttpResponse.json(hearing.subscription);
  }),
  http.post("*/api/channels/c1/catch-up", () => {
    const catch_up = {
      id: "u1",
      reason: "person",
      state: "done",
      since: "2026-11-20T08:00:00Z",
      posts: 4,
      comments: 3,
      added: 2,
      cut: false,
      error: null,
      created_at: "2026-11-20T08:00:00Z",
      finished_at: "2026-11-20T08:00:02Z",
    };
    hearing = { ...hearing, catch_up };
    return HttpResponse.json(catch_up);
  }),
);

async function channel() {
  openPage("/webhooks");
  await userEvent.click(await screen.findByText("Channels that are heard"));
  return within(await screen.findByRole("listitem", { name: "Harbour Bakery" }));
}

test("fields are switched on beside those that are told", async () => {
  const shown = await channel();
  expect(shown.getByText("Heard")).toBeVisible();
  await userEvent.click(shown.getByText("Subscribed to 1 field"));
  await userEvent.click(shown.getByRole("checkbox", { name: "Messages" }));
  await expect.poll(() => asked).toEqual([{ fields: ["feed", "messages"] }]);
});

test("what the platform refused is told with what to do, and mended by one press", async () => {
  const detail =
    "Facebook was not given: pages_manage_metadata. Reconnect and leave every permission ticked.";
  hearing = {
    ...heard,
    subscription: {
      ...heard.subscription,
      state: "failed",
      error: { code: "permission_missing", detail, advice: "grant_permission" },
    },
  };
  const shown = await channel();
  expect(await shown.findByText(detail)).toBeVisible();
  await userEvent.click(shown.getByRole("button", { name: "Repair Harbour Bakery" }));
  expect(await shown.findByText("Heard")).toBeVisible();
  expect(asked).toEqual(["repair"]);
});

test("reading what was missed says what it added", async () => {
  hearing = { ...heard, silent: true };
  const shown = await channel();
  expect(shown.getByText("Nothing was heard for a day")).toBeVisible();
  await userEvent.click(shown.getByRole("button", { name: "Read what was missed on Harbour Bakery" }));
  expect(await shown.findByText(/2 comments were missing and are added/)).toBeVisible();
});

test("who may only read is offered nothing to change", async () => {
  status = somebody({}, [{ id: "w1", name: "The Bakery", role: "editor", requires_two_factor: false }]);
  const shown = await channel();
  expect(shown.queryByRole("button")).toBeNull();
  await userEvent.click(shown.getByText("Subscribed to 1 field"));
  expect(shown.getByRole("checkbox", { name: "Messages" })).toBeDisabled();
});
