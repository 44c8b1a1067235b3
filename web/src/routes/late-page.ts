import { lazyRouteComponent } from "@tanstack/react-router";
import { withWords } from "@/i18n";
import type { WordGroup } from "@/i18n/languages";

/** A page that is loaded with its words, which are not among those that every page brings. */
// biome-ignore lint/suspicious/noExplicitAny: as the router says it
export function latePage<Module extends Record<string, any>, Name extends keyof Module>(
  groups: readonly WordGroup[],
  load: () => Promise<Module>,
  name: Name,
) {
  return lazyRouteComponent(() => withWords(groups, load), name);
}

/** Begins to fetch what a page shows while its files come. The queries come late, too, or every page would bring them. */
export function ahead<Queries>(load: () => Promise<Queries>, begin: (queries: Queries) => unknown): void {
  // Files that do not come are told of by the page itself.
  load().then(begin, () => undefined);
}
