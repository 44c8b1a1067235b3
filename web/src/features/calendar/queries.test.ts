import { expect, test } from "vitest";
import type { CalendarEntry } from "@/api/model";
import { lineStands } from "@/features/frame/live/standing";
import { keepEqual, refreshEvery } from "./queries";

const entry = (id: string, change: Partial<CalendarEntry> = {}): CalendarEntry => ({
  id,
  state: "scheduled",
  text: "Bread",
  at: "2026-11-25T09:00:00Z",
  time_zone: "Europe/Madrid",
  kind: "at",
  author: null,
  media_count: 0,
  paused: false,
  thumbnail_url: null,
  deliveries: [{ channel_id: "c", platform: "facebook", state: "scheduled", permalink: null }],
  can_move: true,
  revision: 1,
  ...change,
});

test("an answer that says the same is the same, so that nothing is drawn again", () => {
  const old = [entry("a"), entry("b")];
  expect(keepEqual(old, [entry("a"), entry("b")])).toBe(old);
  expect(keepEqual(undefined, old)).toBe(old);
});

test("only what changed is new", () => {
  const old = [entry("a"), entry("b"), entry("c")];
  const fresh = keepEqual(old, [entry("a"), entry("b", { state: "published" }), entry("d")]);
  expect(fresh[0]).toBe(old[0]);
  expect(fresh.map(({ id, state }) => `${id} ${state}`)).toEqual([
    "a scheduled",
    "b published",
    "d scheduled",
  ]);
  expect(keepEqual(old, [entry("b"), entry("a"), entry("c")]).map(({ id }) => id)).toEqual(["b", "a", "c"]);
});

test("it looks closely while something goes out or is about to", () => {
  const now = Date.parse("2026-11-25T08:59:00Z");
  expect(refreshEvery([entry("a")], now)).toBeLessThan(10_000);
  expect(refreshEvery([entry("a", { state: "publishing" })], 0)).toBeLessThan(10_000);
});

test("it looks now and then while it is told what changes, and every ten seconds while it is not", () => {
  const hourBefore = Date.parse("2026-11-25T08:00:00Z");
  expect(refreshEvery([entry("a")], hourBefore)).toBe(10_000);
  lineStands(true);
  expect(refreshEvery([entry("a")], hourBefore)).toBe(60_000);
  expect(refreshEvery([], hourBefore)).toBe(60_000);
  lineStands(false);
});
