import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { statusQuery } from "@/features/account/session";
import { somebody } from "@/test/page";
import { emptyDraft } from "./draft";
import { forgetKeptWords, type KeptWords, keepWords, keptWords, takeFromDrawer } from "./kept-words";

afterEach(() => {
  vi.restoreAllMocks();
  sessionStorage.clear();
});

const queryClient = new QueryClient();
queryClient.setQueryData(statusQuery.queryKey, somebody());

const words: KeptWords = {
  user: "u1",
  workspace: "w1",
  postId: null,
  revision: null,
  draft: { ...emptyDraft(), text: "Panettone" },
  beginning: "",
  time: {},
  drawer: true,
};

test("the drawer's words are taken once", () => {
  keepWords(words);
  expect(takeFromDrawer(queryClient)?.draft.text).toBe("Panettone");
  expect(takeFromDrawer(queryClient)).toBeNull();
});

test("where storage is blocked nothing is kept, and nothing breaks", () => {
  for (const call of ["getItem", "setItem", "removeItem"] as const)
    vi.spyOn(Storage.prototype, call).mockImplementation(() => {
      throw new DOMException("blocked", "SecurityError");
    });
  expect(keepWords(words)).toBe(false);
  expect(takeFromDrawer(queryClient)).toBeNull();
  forgetKeptWords(words);
});

test("words of several posts are kept beside each other, of one post the last", () => {
  const of = (postId: string, text: string) =>
    keepWords({ ...words, postId, draft: { ...words.draft, text } });
  of("p1", "Panettone");
  of("p2", "Stollen");
  of("p1", "Panettone from Monday");
  keepWords({ ...words, user: "u2" });
  const texts = () => keptWords(queryClient).map(({ postId, draft }) => `${postId}: ${draft.text}`);
  expect(texts()).toEqual(["p1: Panettone from Monday", "p2: Stollen"]);
  forgetKeptWords({ ...words, postId: "p1" });
  expect(texts()).toEqual(["p2: Stollen"]);
});

test("what cannot be read is nothing, and goes", () => {
  keepWords(words);
  const key = sessionStorage.key(0) ?? "";
  sessionStorage.setItem(key, "{");
  expect(takeFromDrawer(queryClient)).toBeNull();
  expect(sessionStorage).toHaveLength(0);
});
