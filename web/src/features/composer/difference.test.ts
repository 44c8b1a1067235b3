import { expect, test } from "vitest";
import { difference } from "./difference";

const told = (before: string, after: string) =>
  difference(before, after)
    .map(({ text, change }) => ({ same: text, added: `+${text}+`, removed: `-${text}-` })[change])
    .join("");

test.each([
  ["Fresh bread", "Fresh bread", "Fresh bread"],
  ["Fresh bread", "Fresh rye bread", "Fresh +rye +bread"],
  ["Fresh rye bread", "Fresh bread", "Fresh -rye -bread"],
  ["Open at nine", "Open at ten", "Open at -nine-+ten+"],
  ["one two three four", "one five six four", "one -two three-+five six+ four"],
  ["", "New", "+New+"],
  ["Old", "", "-Old-"],
  ["#bread @ada", "#bread @eva", "#bread -@ada-+@eva+"],
])("%j becomes %j", (before, after, expected) => expect(told(before, after)).toBe(expected));

test("the parts always make up both texts", () => {
  const texts = [
    "",
    "a",
    "a b c",
    "c b a",
    "🎉 día\n\nde pan, y más",
    "día de\npan 🎉🎉 más!",
    "x ".repeat(50),
  ];
  for (const before of texts)
    for (const after of texts) {
      const parts = difference(before, after);
      const without = (change: string) =>
        parts.filter((part) => part.change !== change).map(({ text }) => text);
      expect(without("added").join("")).toBe(before);
      expect(without("removed").join("")).toBe(after);
    }
});
