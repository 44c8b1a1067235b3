import { flag, id, oneOf, reads, type SearchOf, text } from "@/ui/address/search";

export const SORTS = ["newest", "oldest", "name", "largest"] as const;
export type Sort = (typeof SORTS)[number];
export const KINDS = ["image", "gif", "video"] as const;
export type Kind = (typeof KINDS)[number];

/** What lies in no folder. */
export const NO_FOLDER = "none";

/** What the library's address says. */
export const librarySearch = reads({
  view: oneOf(["grid", "list"]),
  folder: (value) => (value === NO_FOLDER ? NO_FOLDER : id(value)),
  tag: text,
  kind: oneOf(KINDS),
  q: text,
  sort: oneOf(SORTS),
  unused: flag,
});
export type LibrarySearch = SearchOf<typeof librarySearch>;

/** Which files are wanted, without how they are shown. */
export type LibraryFilter = Omit<LibrarySearch, "view">;

/** What the address asks of the server, and nothing that it leaves open. */
export function libraryParameters({ folder, tag, kind, q, sort, unused }: LibraryFilter) {
  return {
    ...(folder ? { folder_id: folder } : {}),
    ...(tag ? { tag } : {}),
    ...(kind ? { kind } : {}),
    ...(q ? { q } : {}),
    ...(sort && sort !== "newest" ? { sort } : {}),
    ...(unused ? { unused } : {}),
  };
}
export type LibraryParameters = ReturnType<typeof libraryParameters>;

/** Whether anything but the folder narrows the list. */
export const isNarrowed = ({ tag, kind, q, unused }: LibraryFilter): boolean =>
  Boolean(tag || kind || q || unused);
