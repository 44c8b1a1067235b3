import { describe, expect, test } from "vitest";
import type { TextEntity, TextRule } from "@/api/model";
import { lengthOf, shorten } from "./shorten";

const PATTERNS = { url: /https:\/\/[^\s,…]+/g, mention: /(?<!\S)@[\w.@-]+/g, hashtag: /#\w+/g };
const marksOf = (text: string): TextEntity[] =>
  Object.entries(PATTERNS)
    .flatMap(([kind, pattern]) =>
      Array.from(text.matchAll(pattern), (match) => ({
        kind,
        start: match.index,
        end: match.index + match[0].length,
      })),
    )
    .sort((a, b) => a.start - b.start);

const by = (count: TextRule["count"], max_bytes: number | null = null) => ({ count, max_bytes });
const GRAPHEMES = by({ by: "graphemes" });
const cut = (text: string, max: number, rule = GRAPHEMES) => shorten(text, marksOf(text), { max, rule });

describe("lengths are those of the platform", () => {
  const family = "👨‍👩‍👧‍👦";
  test.each([
    [family, { by: "graphemes" }, 1],
    [family, { by: "scalars" }, 7],
    [family, { by: "utf16" }, 11],
    ["see https://harbour.example/a/long/path", { by: "mastodon", url_length: 23 }, 27],
    ["hi @ada@floss.town", { by: "mastodon", url_length: 23 }, 7],
  ] as const)("%s by %o", (text, count, expected) => {
    expect(lengthOf(text, marksOf(text), count)).toBe(expected);
  });
});

describe("a text is made to fit", () => {
  test.each([
    ["what fits stays", "Fresh bread", 20, "Fresh bread"],
    ["behind a word, with an ellipsis", "Fresh bread every morning", 15, "Fresh bread…"],
    ["the ellipsis counts", "Fresh bread every", 12, "Fresh bread…"],
    ["a whole sentence needs no ellipsis", "Fresh bread. Every morning at nine", 16, "Fresh bread."],
    ["no comma is left dangling", "Bread, butter, jam and honey", 15, "Bread, butter…"],
    ["emoji of several parts stay whole", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 3, "👨‍👩‍👧‍👦👨‍👩‍👧‍👦…"],
    ["a link is never cut", "Look at https://harbour.example/panettone and then come", 30, "Look at…"],
    ["nor a hashtag", "So good #slowbread is all we bake here", 14, "So good…"],
    [
      "what the post leads to is kept",
      "Forty loaves from nine until they are gone, so come early\n\nhttps://a.example #bread",
      50,
      "Forty loaves from nine…\n\nhttps://a.example #bread",
    ],
    [
      "a tail that takes all the room goes",
      "Hello there, all https://harbour.example/panettone",
      20,
      "Hello there, all…",
    ],
    ["one long word is cut between letters", "a".repeat(30), 10, `${"a".repeat(9)}…`],
    [
      "a script without spaces is cut behind a word",
      "東京は日本の首都です。とても大きい",
      6,
      expect.stringMatching(/^東京.*…$/),
    ],
  ])("%s", (_, text, max, expected) => {
    expect(cut(text, max)).toEqual(expected);
  });

  test("by bytes too, where the platform counts them", () => {
    const short = cut("ñandú ñandú ñandú", 300, by({ by: "graphemes" }, 20));
    expect(short).toBe("ñandú ñandú…");
    expect(new TextEncoder().encode(short).length).toBeLessThanOrEqual(20);
  });

  test("whatever the length, it fits and cuts nothing in two", () => {
    const text =
      "Día de panettone 🎉👩‍🍳 con @ada@floss.town en https://harbour.example/p?q=1, #panettone y más #pan";
    const marks = marksOf(text).map(({ start, end }) => text.slice(start, end));
    for (const rule of [GRAPHEMES, by({ by: "utf16" }), by({ by: "mastodon", url_length: 23 })]) {
      for (let max = 4; max < 110; max += 1) {
        const short = cut(text, max, rule);
        expect(lengthOf(short, marksOf(short), rule.count)).toBeLessThanOrEqual(max);
        for (const word of short.match(/[@#]\S+|https:\S+/gu) ?? [])
          expect(marks).toContain(word.replace(/[…,]+$/u, ""));
      }
    }
  });
});
