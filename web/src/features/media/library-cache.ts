import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Media } from "@/api/model";
import type { LibraryParameters } from "./library-search";

interface Page {
  items: Media[];
  next_cursor: string | null;
}
type Pages = InfiniteData<Page, string>;

export const LIST = ["media", "list"] as const;

/**
 * What changed is changed in the lists that are loaded: to load thousands of files anew because one was renamed would be slow.
 * Lists in which the place of a file is not known are asked again the next time they are shown.
 */
export function changeInLists(client: QueryClient, media: Media): void {
  forEachList(client, (pages, parameters, key) => {
    if (!belongs(media, parameters)) return without(pages, media.id);
    if (holds(pages, media.id))
      return mapped(pages, (items) => items.map((item) => (item.id === media.id ? media : item)));
    // It came into this list, as by being moved into its folder.
    void client.invalidateQueries({ queryKey: key });
    return pages;
  });
  client.setQueryData<Media>(["media", "one", media.id], media);
}

/** A new file stands first where the newest do; elsewhere the server says where. */
export function addToLists(client: QueryClient, media: Media): void {
  forEachList(client, (pages, parameters, key) => {
    if (!belongs(media, parameters)) return pages;
    if (parameters.sort || parameters.q) {
      void client.invalidateQueries({ queryKey: key });
      return pages;
    }
    const [first, ...rest] = without(pages, media.id).pages;
    return first ? { ...pages, pages: [{ ...first, items: [media, ...first.items] }, ...rest] } : pages;
  });
}

export function removeFromLists(client: QueryClient, id: string): void {
  forEachList(client, (pages) => without(pages, id));
}

function forEachList(
  client: QueryClient,
  change: (pages: Pages, parameters: LibraryParameters, key: readonly unknown[]) => Pages,
): void {
  for (const [key, pages] of client.getQueriesData<Pages>({ queryKey: LIST })) {
    if (!pages) continue;
    const changed = change(pages, key[2] as LibraryParameters, key);
    if (changed !== pages) client.setQueryData<Pages>(key, changed);
  }
}

const holds = (pages: Pages, id: string): boolean =>
  pages.pages.some(({ items }) => items.some((item) => item.id === id));

const mapped = (pages: Pages, change: (items: Media[]) => Media[]): Pages => ({
  ...pages,
  pages: pages.pages.map((page) => ({ ...page, items: change(page.items) })),
});

const without = (pages: Pages, id: string): Pages =>
  mapped(pages, (items) => items.filter((item) => item.id !== id));

/** Whether the list shows the file, as far as can be told here. Words and folders below are the server's to know. */
export function belongs(media: Media, { folder_id, tag, kind, unused, q }: LibraryParameters): boolean {
  const isBelow = Boolean(q || tag);
  if (folder_id && !isBelow && (media.folder_id ?? "none") !== folder_id) return false;
  if (tag && !media.tags.includes(tag.toLowerCase())) return false;
  if (kind && media.kind !== kind) return false;
  return !unused || media.used_in === 0;
}
