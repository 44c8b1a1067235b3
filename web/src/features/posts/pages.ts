import type { InfiniteData } from "@tanstack/react-query";
import type { Post } from "@/api/model";

export interface PostPage {
  items: Post[];
  next_cursor: string | null;
}
export type PostPages = InfiniteData<PostPage, string>;

/** All rows in order. A post that moved from one page to the next while only one of them was read anew shows once. */
export function rowsOf(pages: readonly PostPage[] | undefined): Post[] {
  const seen = new Set<string>();
  const rows: Post[] = [];
  for (const page of pages ?? []) {
    for (const post of page.items) {
      if (seen.has(post.id)) continue;
      seen.add(post.id);
      rows.push(post);
    }
  }
  return rows;
}

/** The pages that hold the rows from `first` to `last`. */
export function pagesOf(pages: readonly PostPage[], first: number, last: number): [number, number] {
  let row = 0;
  let [from, to] = [0, 0];
  pages.forEach((page, index) => {
    if (row <= first) from = index;
    if (row <= last) to = index;
    row += page.items.length;
  });
  return [from, to];
}

/**
 * Reads the pages `from` to `to` anew and leaves the others as they are.
 *
 * Where a page now ends elsewhere, the next one begins there and is read too; pages for which that would go on
 * too long are dropped, and read when somebody scrolls to them.
 */
export async function readAnew(
  old: PostPages,
  [from, to]: [number, number],
  read: (cursor: string) => Promise<PostPage>,
): Promise<PostPages> {
  const pages = [...old.pages];
  const cursors = [...old.pageParams];
  for (let index = from; index < pages.length; index += 1) {
    const page = await read(cursors[index] ?? "");
    pages[index] = page;
    const fits = page.next_cursor === (cursors[index + 1] ?? null);
    const isLast = index === pages.length - 1;
    if (index >= to && (fits || isLast)) break;
    if (page.next_cursor === null || index >= to + 2) {
      return { pages: pages.slice(0, index + 1), pageParams: cursors.slice(0, index + 1) };
    }
    cursors[index + 1] = page.next_cursor;
  }
  return { pages, pageParams: cursors };
}
