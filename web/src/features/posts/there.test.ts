import { expect, test } from "vitest";
import { changedThere, isGoneThere } from "./there";

const published = (change: string | null) => ({
  state: "published" as const,
  at_platform: change === null ? null : { change, at: "2026-11-20T09:00:00Z" },
});

test("only what was done to it afterwards is a change", () => {
  expect(["added", "edited", "removed", null].map((change) => changedThere(published(change)))).toEqual([
    null,
    "edited",
    "removed",
    null,
  ]);
});

test("a post is gone when all of it is that was out", () => {
  expect(isGoneThere([published("removed"), { state: "failed", at_platform: null }])).toBe(true);
  expect(isGoneThere([published("removed"), published("edited")])).toBe(false);
  expect(isGoneThere([{ state: "failed", at_platform: null }])).toBe(false);
});
