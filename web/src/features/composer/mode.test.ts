import { expect, test } from "vitest";
import type { Post } from "@/api/model";
import { modeOf } from "./mode";

const post = (state: string, ...deliveries: string[]) =>
  ({
    state,
    deliveries: deliveries.map((each) => ({ state: each, can_retry: each !== "published" })),
  }) as Post;

test("what editing means follows from where the post stands", () => {
  expect(modeOf(null)).toBe("draft");
  expect(modeOf(post("draft", "draft"))).toBe("draft");
  expect(modeOf(post("scheduled", "scheduled"))).toBe("planned");
  expect(modeOf(post("partly_published", "published", "failed"))).toBe("mend");
  expect(modeOf(post("missed", "missed"))).toBe("mend");
  expect(modeOf(post("published", "published"))).toBeNull();
  expect(modeOf(post("publishing", "publishing", "failed"))).toBeNull();
  expect(modeOf(post("cancelled", "cancelled"))).toBeNull();
});
