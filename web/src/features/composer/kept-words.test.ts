import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { statusQuery } from "@/features/account/session";
import { somebody } from "@/test/page";
import { emptyDraft } from "./draft";
import { forgetKeptWords, type KeptWords, keepWords, takeFromDrawer } from "./kept-words";

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
  keepWords(words);
  expect(takeFromDrawer(queryClient)).toBeNull();
  forgetKeptWords();
});

test("what cannot be read is nothing, and goes", () => {
  keepWords(words);
  const key = sessionStorage.key(0) ?? "";
  sessionStorage.setItem(key, "{");
  expect(takeFromDrawer(queryClient)).toBeNull();
  expect(sessionStorage).toHaveLength(0);
});
