interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

/** A list that is never long enough to be read page by page, whole. */
export async function everyPage<Item>(
  read: (cursor: { cursor?: string }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const found: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await read(cursor ? { cursor } : {});
    found.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return found;
}
