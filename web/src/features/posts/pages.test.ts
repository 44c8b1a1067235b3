import { expect, test } from "vitest";
import type { Post } from "@/api/model";
import { type PostPages, pagesOf, readAnew, rowsOf } from "./pages";

const PAGE = 3;
const post = (id: string) => ({ id }) as Post;

/** A server with these posts: a cursor is the last post of the page before. */
const serving = (ids: string[]) => async (cursor: string) => {
  // A deleted post still says where to go on: everything after its letter.
  const items = ids.filter((id) => id > cursor).slice(0, PAGE);
  const more = ids.some((id) => id > (items.at(-1) ?? "~"));
  return { items: items.map(post), next_cursor: more ? (items.at(-1) ?? null) : null };
};

async function load(ids: string[]): Promise<PostPages> {
  const pages: PostPages = { pages: [], pageParams: [] };
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: PostPages["pages"][number] = await serving(ids)(cursor);
    pages.pages.push(page);
    pages.pageParams.push(cursor);
    cursor = page.next_cursor;
  }
  return pages;
}

const names = (pages: PostPages) => rowsOf(pages.pages).map(({ id }) => id);
const letters = (text: string) => [...text];

test("rows know their pages", async () => {
  const { pages } = await load(letters("abcdefghij"));
  expect(pagesOf(pages, 0, 2)).toEqual([0, 0]);
  expect(pagesOf(pages, 2, 3)).toEqual([0, 1]);
  expect(pagesOf(pages, 7, 9)).toEqual([2, 3]);
});

test.each([
  ["nothing changed", "abcdefghijkl"],
  ["one was deleted in view", "abcdfghijkl"],
  ["one was added in view", "abcdd2efghijkl"],
  ["all in view were deleted", "abcghijkl"],
])("%s: every row is there once", async (_, now) => {
  const old = await load(letters("abcdefghijkl"));
  const ids = now.includes("d2") ? ["a", "b", "c", "d", "d2", ...letters("efghijkl")] : letters(now);
  const anew = await readAnew(old, [1, 1], serving(ids));
  const shown = names(anew);
  // Dropped pages come back by scrolling: what is shown is a beginning of the truth.
  expect(shown).toEqual(ids.slice(0, shown.length));
  expect(shown.length).toBeGreaterThan(5);
});

test("only what is in view is read", async () => {
  const ids = letters("abcdefghijkl");
  const old = await load(ids);
  const cursors: string[] = [];
  const read = serving(ids);
  await readAnew(old, [1, 2], (cursor) => {
    cursors.push(cursor);
    return read(cursor);
  });
  expect(cursors).toEqual(["c", "f"]);
});

test("the last page may grow", async () => {
  const old = await load(letters("abcd"));
  const anew = await readAnew(old, [1, 1], serving(letters("abcdefgh")));
  expect(names(anew)).toEqual(letters("abcdef"));
  expect(anew.pages.at(-1)?.next_cursor).toBe("f");
});
