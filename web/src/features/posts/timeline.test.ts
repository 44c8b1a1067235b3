import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import type { PostDetail, TimelineEntry } from "@/api/model";
import { actionsOfTheServer } from "@/test/rust-actions";
import { shownEntries, toneOf, useEntryWords } from "./timeline";

const entry = (
  action: string,
  detail: Record<string, unknown> = {},
  change: Partial<TimelineEntry> = {},
): TimelineEntry => ({
  at: "2026-11-20T10:00:00Z",
  actor: "Ada",
  action,
  subject_id: "d1",
  detail,
  ...change,
});

test("a row of edits by one person is told once", () => {
  const entries = [
    entry("post.drafted"),
    entry("post.edited", { revision: 2 }),
    entry("post.edited", { revision: 3 }),
    entry("post.edited", { revision: 4 }, { actor: "Ben" }),
    entry("post.scheduled"),
  ];
  expect(shownEntries(entries).map(({ action, detail }) => [action, detail.revision])).toEqual([
    ["post.drafted", undefined],
    ["post.edited", 3],
    ["post.edited", 4],
    ["post.scheduled", undefined],
  ]);
});

test("entries are told in words, with the channel and the reason", () => {
  const post = { deliveries: [{ id: "d1", channel_name: "Harbour Bakery" }] } as PostDetail;
  const { result } = renderHook(() => useEntryWords(post));
  const said = (action: string, detail = {}) => result.current(entry(action, detail));
  expect(said("delivery.failed", { detail: "The Page is gone." })).toBe(
    "Harbour Bakery: not published. The Page is gone.",
  );
  expect(said("delivery.failed", { code: "gave_up" })).toBe(
    "Harbour Bakery: not published. It was tried for as long as makes sense.",
  );
  expect(said("delivery.published", { confirmed_by: "person" })).toBe("Harbour Bakery: confirmed as live");
  expect(said("something.new")).toBe("something.new");
});

test("a try that went wrong is a warning, and to try again is none", () => {
  const actions = ["delivery.tried", "delivery.retried", "first_comment.retried", "delivery.removed_there"];
  expect(actions.map(toneOf)).toEqual(["warn", undefined, undefined, "warn"]);
  expect(["delivery.failed", "first_comment.failed", "delivery.published"].map(toneOf)).toEqual([
    "bad",
    "bad",
    "good",
  ]);
});

test("everything the server writes down about a post is told in words", () => {
  const post = { deliveries: [{ id: "d1", channel_name: "Harbour Bakery" }] } as PostDetail;
  const { result } = renderHook(() => useEntryWords(post));
  const actions = actionsOfTheServer().filter((action) => /^(post|delivery|first_comment)\./.test(action));
  expect(actions).toEqual(
    expect.arrayContaining(["post.drafted", "delivery.missed", "delivery.removed_there"]),
  );
  expect(actions).toEqual(expect.arrayContaining(["first_comment.failed", "first_comment.retried"]));
  expect(actions.filter((action) => result.current(entry(action)) === action)).toEqual([]);
});
