import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Parts, beside a page's own file, that it loads by itself as soon as it runs: nobody clicks before they show. */
const PARTS: Record<string, string[]> = {
  "media/LibraryPage": ["media/MediaGrid"],
  "posts/PostsPage": ["posts/PostList"],
  "security/SecurityPage": ["security/Passkeys", "security/SignIns"],
};

export const partsOf = (page: string): string[] => PARTS[page] ?? [];

/** How a route loads a page with words that do not come with every page. */
const LOADED =
  /(?:(?:latePage|withWords)\(\s*\[([^\]]*)\]|(withEditorWords)\(),?\s*\(\) => import\("@\/features\/([\w/-]+)"\)/g;
const EDITOR = ["editor", "library"];

const ROUTES = join(import.meta.dirname, "src/routes");

/** For each part that a route loads with words of its own, the groups of them. */
export function wordsOfPages(): Map<string, string[]> {
  const routes = readdirSync(ROUTES).map((file) => readFileSync(join(ROUTES, file), "utf8"));
  const loads = routes.flatMap((route) => [...route.matchAll(LOADED)]);
  return new Map(
    loads.map(([, groups = "", editor, page = ""]) => [
      page,
      editor ? EDITOR : [...groups.matchAll(/[\w-]+/g)].map(String),
    ]),
  );
}
