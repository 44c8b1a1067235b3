import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { EDITOR_WORDS } from "./src/i18n/editor-words.ts";

/** Parts, beside a page's own file, that it loads by itself as soon as it runs: nobody clicks before they show. */
const PARTS: Record<string, string[]> = {
  "media/LibraryPage": ["media/MediaGrid"],
  "posts/PostsPage": ["posts/PostList"],
  "security/SecurityPage": ["security/Passkeys", "security/SignIns"],
};

export const partsOf = (page: string): string[] => PARTS[page] ?? [];

/** Parts that it loads by itself where there is something to show in them: they have to fit in, and are not fetched ahead. */
const RARE_PARTS: Record<string, string[]> = {
  "home/HomePage": ["home/CommentRow"],
  "media/LibraryPage": ["imports/ImportList"],
};

export const rarePartsOf = (page: string): string[] => RARE_PARTS[page] ?? [];

/** The groups of words that those parts bring, where they do not come with every page. */
const RARE_WORDS: Record<string, string[]> = {
  "media/LibraryPage": ["imports"],
};

export const rareWordsOf = (page: string): string[] => RARE_WORDS[page] ?? [];

/** How a route loads a page with words that do not come with every page. */
const LOADED =
  /(?:(?:latePage|withWords)\(\s*\[([^\]]*)\]|(withEditorWords)\(),?\s*\(\) => import\("@\/features\/([\w/-]+)"\)/g;
/** The functions that load so, wherever a route calls them. */
const LOADING = /\b(latePage|withWords|withEditorWords)\(/g;

const ROUTES = join(import.meta.dirname, "src/routes");
/** Where `latePage` itself is. */
const NO_ROUTE = "late-page.ts";

/** For each part that a route loads with words of its own, the groups of them. */
export function wordsOfPages(): Map<string, readonly string[]> {
  const routes = readdirSync(ROUTES)
    .filter((file) => file !== NO_ROUTE)
    .map((file) => readFileSync(join(ROUTES, file), "utf8"));
  const loads = routes.flatMap((route) => [...route.matchAll(LOADED)]);
  const called = routes.join("\n").match(LOADING)?.length ?? 0;
  if (loads.length !== called)
    throw new Error(
      `read ${loads.length} of ${called} pages with words of their own: first-shown.ts has to know how they are loaded`,
    );
  return new Map(
    loads.map(([, groups = "", editor, page = ""]) => [
      page,
      editor ? EDITOR_WORDS : [...groups.matchAll(/[\w-]+/g)].map(String),
    ]),
  );
}
