import { expect, test } from "vitest";
import type { TextEntity } from "@/api/model";
import { carried, pieces } from "./marking";

const of = (text: string, ...words: string[]): TextEntity[] =>
  words.map((word) => ({
    kind: "hashtag",
    start: text.indexOf(word),
    end: text.indexOf(word) + word.length,
  }));
const marked = (text: string, ranges: TextEntity[]) => ranges.map(({ start, end }) => text.slice(start, end));

test.each([
  ["words before a mark move it", "a #bread b", "and a #bread b", ["#bread"]],
  ["words behind a mark leave it", "a #bread b", "a #bread b, c", ["#bread"]],
  ["a mark that is written on grows", "a #bre", "a #bread", ["#bread"]],
  ["a mark grows in its middle", "a #brad", "a #bread", ["#bread"]],
  ["a space ends a mark", "a #bread", "a #bread ", ["#bread"]],
  ["a full stop ends a mark", "a #bread", "a #bread.", ["#bread"]],
  ["a mark cut in two is dropped", "a #bread", "a #br ead", []],
  ["a mark that is taken away is dropped", "a #bread b", "a b", []],
  ["the end of a mark taken away leaves the rest", "a #bread", "a #bre", ["#bre"]],
  ["letters right before a mark are not part of it", "#bread", "x#bread", ["#bread"]],
])("%s", (_, before, after, expected) => {
  const ranges = of(before, /#\w+/.exec(before)?.[0] ?? "");
  expect(marked(after, carried(ranges, before, after))).toEqual(expected);
});

test("two marks and what lies between are cut apart, and put together they are the text", () => {
  const text = "🎉 #bread and #butter";
  const cut = pieces(text, of(text, "#bread", "#butter"));
  expect(cut.map(({ text, kind }) => [text, kind])).toEqual([
    ["🎉 ", null],
    ["#bread", "hashtag"],
    [" and ", null],
    ["#butter", "hashtag"],
  ]);
  expect(cut.map((piece) => piece.text).join("")).toBe(text);
});

test("marks that do not fit the text are left out", () => {
  expect(pieces("ab", [{ kind: "url", start: 1, end: 9 }])).toEqual([{ text: "ab", kind: null }]);
});
