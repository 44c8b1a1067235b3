import { expect, test } from "vitest";
import { begunMention, handleOf, ownHandles } from "./mentions";

test.each([
  ["Thanks @", "", 7],
  ["@har", "har", 0],
  ["Bread (@har", "har", 7],
  ["By @ada@social.exa", "ada@social.exa", 3],
])("in “%s” a mention is begun", (text, word, start) => {
  expect(begunMention(text, text.length)).toEqual({ start, end: text.length, word });
});

test.each(["ada@example.com", "@har bour", "Bread", ""])("in “%s” none is", (text) => {
  expect(begunMention(text, text.length)).toBeNull();
});

test("a mention is begun where the cursor is, not where the text ends", () => {
  expect(begunMention("@har and more", 4)).toEqual({ start: 0, end: 4, word: "har" });
});

test.each([
  ["https://bsky.app/profile/harbour.example", "harbour.example"],
  ["https://www.instagram.com/harbour.bakery/", "harbour.bakery"],
  ["https://social.example/@ada", "ada@social.example"],
  ["https://facebook.example/104400123", null],
  ["https://social.example/", null],
  ["nonsense", null],
  [null, null],
])("%s is mentioned as %s", (url, handle) => {
  expect(handleOf({ url })).toBe(handle);
});

test("only accounts of the platforms at hand are found, each once, and not what is written out already", () => {
  const channels = [
    { url: "https://bsky.app/profile/harbour.example", platform: "bluesky" },
    { url: "https://www.instagram.com/harbour.bakery", platform: "instagram" },
    { url: "https://www.instagram.com/Harbour.Bakery", platform: "instagram" },
    { url: "https://www.instagram.com/old.mill", platform: "instagram" },
  ];
  const handles = (word: string, platforms = ["instagram"]) =>
    ownHandles(word, channels, platforms).map(({ handle }) => handle);
  expect(handles("")).toEqual(["Harbour.Bakery", "old.mill"]);
  expect(handles("bak")).toEqual(["Harbour.Bakery"]);
  expect(handles("har", ["bluesky", "instagram"])).toEqual(["harbour.example", "Harbour.Bakery"]);
  expect(handles("old.mill")).toEqual([]);
});
