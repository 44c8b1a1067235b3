import { expect, test } from "vitest";
import type { Post } from "@/api/model";
import { sameTimeAs } from "./states";

const post = (schedule: Partial<Post["schedule"]>) =>
  ({
    schedule: {
      kind: "at",
      at: "2026-11-25T09:00:00Z",
      time_zone: "Europe/Madrid",
      repeat: null,
      ...schedule,
    },
  }) as Post;

test("a post that was in the queue is put back there, and others to their time", () => {
  expect(sameTimeAs(post({ kind: "queue" }))).toEqual({ kind: "queue", time_zone: "Europe/Madrid" });
  expect(sameTimeAs(post({}))).toEqual({
    kind: "at",
    at: "2026-11-25T09:00:00Z",
    time_zone: "Europe/Madrid",
  });
});
