import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import type { Media } from "@/api/model";
import { addToLists, changeInLists, LIST, removeFromLists } from "./library-cache";
import { type LibraryFilter, libraryParameters } from "./library-search";

const media = (id: string, change: Partial<Media> = {}) =>
  ({ id, kind: "image", folder_id: null, tags: [], used_in: 0, alt: "", ...change }) as unknown as Media;

function client(lists: [LibraryFilter, Media[][]][]) {
  const queries = new QueryClient();
  for (const [filter, pages] of lists) {
    queries.setQueryData([...LIST, libraryParameters(filter)], {
      pages: pages.map((items) => ({ items, next_cursor: null })),
      pageParams: pages.map(String),
    });
  }
  const ids = (filter: LibraryFilter) =>
    queries
      .getQueryData<{ pages: { items: Media[] }[] }>([...LIST, libraryParameters(filter)])
      ?.pages.map(({ items }) => items.map(({ id }) => id));
  return { queries, ids };
}

test("a file that moves to another folder leaves the list of the old one and stays where all are shown", () => {
  const a = media("a", { folder_id: "f1" });
  const { queries, ids } = client([
    [{}, [[a], [media("b")]]],
    [{ folder: "f1" }, [[a]]],
    [{ folder: "f1", q: "loaf" }, [[a]]],
  ]);
  changeInLists(queries, media("a", { folder_id: "f2" }));
  expect(ids({})).toEqual([["a"], ["b"]]);
  expect(ids({ folder: "f1" })).toEqual([[]]);
  // What is found by words may lie in a folder below; the server knows.
  expect(ids({ folder: "f1", q: "loaf" })).toEqual([["a"]]);
});

test("a file that loses a tag leaves the tag's list", () => {
  const { queries, ids } = client([[{ tag: "rye" }, [[media("a", { tags: ["rye"] })]]]]);
  changeInLists(queries, media("a", { tags: ["oat"] }));
  expect(ids({ tag: "rye" })).toEqual([[]]);
});

test("a new file stands first where it belongs and the newest stand first", () => {
  const { queries, ids } = client([
    [{}, [[media("b")]]],
    [{ folder: "f1" }, [[]]],
    [{ kind: "video" }, [[]]],
    [{ sort: "name" }, [[media("b")]]],
  ]);
  addToLists(queries, media("a", { folder_id: "f1" }));
  addToLists(queries, media("a", { folder_id: "f1" }));
  expect(ids({})).toEqual([["a", "b"]]);
  expect(ids({ folder: "f1" })).toEqual([["a"]]);
  expect(ids({ kind: "video" })).toEqual([[]]);
  expect(ids({ sort: "name" })).toEqual([["b"]]);
  const byName = queries.getQueryState([...LIST, libraryParameters({ sort: "name" })]);
  expect(byName?.isInvalidated).toBe(true);
});

test("a deleted file is gone from every list", () => {
  const { queries, ids } = client([
    [{}, [[media("a"), media("b")]]],
    [{ unused: true }, [[media("a")]]],
  ]);
  removeFromLists(queries, "a");
  expect([ids({}), ids({ unused: true })]).toEqual([[["b"]], [[]]]);
});

test("the list of the folder that a file moved to is asked again when it is shown", () => {
  const { queries, ids } = client([[{ folder: "f2" }, [[media("b", { folder_id: "f2" })]]]]);
  changeInLists(queries, media("a", { folder_id: "f2" }));
  expect(ids({ folder: "f2" })).toEqual([["b"]]);
  const key = [...LIST, libraryParameters({ folder: "f2" })];
  expect(queries.getQueryState(key)?.isInvalidated).toBe(true);
});
