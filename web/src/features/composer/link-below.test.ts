import { expect, test } from "vitest";
import type { Channel, TextEntity } from "@/api/model";
import { emptyDraft, withChannel, withText } from "./draft";
import { linksToMove, withLinksBelow, withVariant } from "./link-below";

const page = { id: "f", rules: { options: [{ name: "first_comment" }] } } as unknown as Channel;
const plain = { id: "x", rules: { options: [] } } as unknown as Channel;

const marked = (text: string): TextEntity[] =>
  [...text.matchAll(/https:\/\/\w+\.example|#\S+/g)].map(({ 0: found, index }) => ({
    kind: found.startsWith("#") ? "hashtag" : "url",
    start: index,
    end: index + found.length,
  }));

const draft = (text: string) =>
  withText(withChannel(withChannel(emptyDraft(), "f", true), "x", true), null, text);

test.each([
  ["Order here: https://a.example today", "Order here: today", "https://a.example"],
  ["Bread.\n\nhttps://a.example\n\n#bread", "Bread.\n\n#bread", "https://a.example"],
  ["Bread. https://a.example", "Bread.", "https://a.example"],
  ["https://a.example Bread (https://b.example).", "Bread.", "https://a.example\nhttps://b.example"],
  ["One\n  https://a.example  \nTwo", "One\nTwo", "https://a.example"],
])("the links of “%s” go below", (text, rest, comment) => {
  const moved = withLinksBelow(draft(text), page, marked(text));
  expect(moved.variants.f).toEqual({ text: rest, options: { first_comment: comment } });
  expect(moved.text).toBe(text);
  expect(moved.variants.x).toBeUndefined();
});

test("what was to be written below stays in front, and the channel is as it was after taking it back", () => {
  const text = "Bread. https://a.example";
  const before = { text: null, options: { first_comment: "Come by\n", link: "" } };
  const written = withVariant(draft(text), "f", before);
  const moved = withLinksBelow(written, page, marked(text));
  expect(moved.variants.f?.options).toEqual({ first_comment: "Come by\nhttps://a.example", link: "" });
  expect(withVariant(moved, "f", before)).toEqual(written);
  expect(withVariant(moved, "f", undefined).variants).toEqual({});
});

test("nothing is offered without a link, without words beside it, or where nothing is written below", () => {
  expect(linksToMove(page, "Bread #bread", marked("Bread #bread"))).toEqual([]);
  expect(linksToMove(page, "https://a.example", marked("https://a.example"))).toEqual([]);
  expect(linksToMove(plain, "Bread https://a.example", marked("Bread https://a.example"))).toEqual([]);
});
