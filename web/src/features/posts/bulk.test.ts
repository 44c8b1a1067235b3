import { expect, test } from "vitest";
import type { Post } from "@/api/model";
import { failed, runBulk, worked } from "./bulk";

const posts = Array.from({ length: 20 }, (_, index) => ({ id: String(index) }) as Post);

test("a few at once, each once, whatever fails", async () => {
  let [running, most] = [0, 0];
  const progress: number[] = [];
  const outcomes = await runBulk(
    posts,
    async ({ id }) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      if (id === "7") throw new Error("no");
    },
    { width: 3, onProgress: (done) => progress.push(done) },
  );
  expect(most).toBe(3);
  expect(outcomes.map(({ post }) => post.id)).toEqual(posts.map(({ id }) => id));
  expect(failed(outcomes).map(({ post }) => post.id)).toEqual(["7"]);
  expect(worked(outcomes)).toHaveLength(19);
  expect(progress.at(-1)).toBe(20);
});

test("stopping begins no further one and tells what was done", async () => {
  const stop = new AbortController();
  const begun: string[] = [];
  const outcomes = await runBulk(
    posts,
    async ({ id }) => {
      begun.push(id);
      if (id === "4") stop.abort();
    },
    { width: 2, signal: stop.signal },
  );
  expect(begun.length).toBeLessThan(8);
  expect(outcomes.map(({ post }) => post.id)).toEqual(begun);
});
