import { expect, test } from "vitest";
import type { Post } from "@/api/model";
import { lineStands } from "@/features/frame/live/standing";
import { refreshEvery } from "./freshness";

const NOW = Date.parse("2026-11-25T08:59:00Z");
const scheduled = (due_at: string) =>
  ({
    state: "scheduled",
    deliveries: [{ state: "scheduled", due_at, first_comment: null }],
  }) as unknown as Post;

test("posts are looked at every ten seconds while nobody tells what changes, and closely as they go out", () => {
  const later = scheduled("2026-11-25T12:00:00Z");
  expect(refreshEvery([later], NOW)).toBe(10_000);
  expect(refreshEvery([later, scheduled("2026-11-25T09:00:00Z")], NOW)).toBe(2_500);
  lineStands(true);
  expect(refreshEvery([later], NOW)).toBe(60_000);
  lineStands(false);
});
