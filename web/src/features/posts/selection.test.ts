import { expect, test } from "vitest";
import type { Post } from "@/api/model";
import { extended, isSelected, NOTHING, toggled } from "./selection";

const loaded = ["a", "b", "c", "d", "e"].map((id) => ({ id }) as Post);
const [, b, , d, e] = loaded as [Post, Post, Post, Post, Post];
const chosen = (selection: ReturnType<typeof toggled>) =>
  loaded.filter(({ id }) => isSelected(selection, id)).map(({ id }) => id);

test("one is chosen and no longer", () => {
  const one = toggled(NOTHING, b, loaded);
  expect(chosen(one)).toEqual(["b"]);
  expect(chosen(toggled(one, b, loaded))).toEqual([]);
});

test("a range goes from where one began, both ways, and keeps the rest", () => {
  const one = toggled(NOTHING, d, loaded);
  expect(chosen(extended(one, b, loaded))).toEqual(["b", "c", "d"]);
  expect(chosen(extended(extended(one, b, loaded), e, loaded))).toEqual(["b", "c", "d", "e"]);
  expect(chosen(extended(NOTHING, b, loaded))).toEqual(["b"]);
});

test("taking one out of everything leaves what is loaded", () => {
  const all = { ...NOTHING, all: true };
  expect(chosen(all)).toHaveLength(5);
  const fewer = toggled(all, b, loaded);
  expect(fewer.all).toBe(false);
  expect(chosen(fewer)).toEqual(["a", "c", "d", "e"]);
});
