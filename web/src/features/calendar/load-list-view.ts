/** The list brings what draws long lists, which the other views do without. */
export const loadListView = () => import("./ListView");

/** Fetches it beside the page, where the page begins with it. */
export function listViewAhead(view: unknown): void {
  const isFirst = view ? view === "list" : window.matchMedia("(max-width: 767px)").matches;
  // Files that do not come are told of by the page itself.
  if (isFirst) loadListView().catch(() => undefined);
}
