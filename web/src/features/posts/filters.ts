import { day, id, oneOf, reads, type SearchOf, text } from "@/ui/address/search";
import { startOfDay } from "@/ui/time/start-of-day";
import type { PostState } from "./states";

/** The tabs of the list, each a set of states. */
export const TABS = {
  all: [],
  scheduled: ["scheduled", "publishing", "waiting_approval"],
  drafts: ["draft"],
  needs: ["failed", "partly_published", "needs_attention", "missed"],
  published: ["published", "partly_published"],
} as const satisfies Record<string, readonly PostState[]>;

export type Tab = keyof typeof TABS;

export const ORDERS = ["newest", "due", "due_desc"] as const;

/** What the list's address says. */
export const postsSearch = reads({
  tab: oneOf(["all", "scheduled", "drafts", "needs", "published"]),
  channel: id,
  platform: text,
  author: id,
  from: day,
  to: day,
  q: text,
  order: oneOf(ORDERS),
});
export type PostsSearch = SearchOf<typeof postsSearch>;

/** What the list's address asks of the server. */
export function postsParameters({ tab = "all", channel, platform, author, from, to, q, order }: PostsSearch) {
  const asked = {
    state: TABS[tab].join(","),
    channel_id: channel,
    platform,
    author_id: author,
    from: from && startOfDay(from),
    // The last day counts whole.
    to: to && startOfDay(to, 1),
    q,
    order: order === "newest" ? undefined : order,
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value)) as Partial<
    Record<Exclude<keyof typeof asked, "order">, string>
  > & { order?: "due" | "due_desc" };
}

/** What is filtered besides the tab: what can be kept, cleared and counted. */
export function filtersOf({
  tab: _,
  order: __,
  ...filters
}: PostsSearch): Omit<PostsSearch, "tab" | "order"> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
}

export const isFiltered = (search: PostsSearch): boolean => Object.keys(filtersOf(search)).length > 0;

/** Whether two addresses show the same, in whatever order they say it. */
export function sameSearch(one: PostsSearch, other: PostsSearch): boolean {
  const plain = (search: PostsSearch) =>
    JSON.stringify(
      Object.entries(search)
        .filter(([name, value]) => value && !(name === "tab" && value === "all") && value !== "newest")
        .sort(([a], [b]) => a.localeCompare(b)),
    );
  return plain(one) === plain(other);
}

/** How many posts a tab holds, from the server's count by state. */
export const tabCount = (tab: Tab, counts: Record<string, number>): number =>
  tab === "all"
    ? Object.values(counts).reduce((sum, count) => sum + count, 0)
    : TABS[tab].reduce((sum, state) => sum + (counts[state] ?? 0), 0);
