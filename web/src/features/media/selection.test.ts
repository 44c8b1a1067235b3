import { expect, test } from "vitest";
import { all, extended, kept, NOTHING, neighbour, toggled } from "./selection";

const order = ["a", "b", "c", "d", "e"];
const ids = ({ ids }: { ids: ReadonlySet<string> }) => [...ids].sort().join("");

test("one is chosen and let go again", () => {
  const one = toggled(NOTHING, "b");
  expect(ids(one)).toBe("b");
  expect(ids(toggled(one, "b"))).toBe("");
});

test("a range goes from the last one chosen, in either direction, and leaves others chosen", () => {
  const start = toggled(toggled(NOTHING, "e"), "c");
  expect(ids(extended(start, order, "a"))).toBe("abce");
  const down = extended(toggled(NOTHING, "b"), order, "d");
  expect(ids(down)).toBe("bcd");
  expect(ids(extended(down, order, "a"))).toBe("abcd");
});

test("without a start, a range is one file", () => {
  expect(ids(extended(NOTHING, order, "c"))).toBe("c");
  expect(ids(extended({ ids: new Set(), anchor: "gone" }, order, "c"))).toBe("c");
});

test("what goes is no longer chosen", () => {
  expect(kept(toggled(all(order), "a"), new Set(["a", "c"]))).toEqual({
    ids: new Set(["b", "d", "e"]),
    anchor: null,
  });
});

test.each([
  ["ArrowRight", 0, 1],
  ["ArrowLeft", 0, null],
  ["ArrowDown", 0, 3],
  ["ArrowDown", 2, 4],
  ["ArrowDown", 4, null],
  ["ArrowUp", 4, 1],
  ["ArrowUp", 2, null],
  ["Home", 4, 0],
  ["End", 0, 4],
  ["ArrowRight", 4, null],
  ["PageDown", 0, 4],
  ["PageUp", 4, 1],
  ["x", 0, null],
])("%s from %i of five in rows of three leads to %s", (key, from, to) => {
  expect(neighbour(key, from, 3, 5)).toBe(to);
});
