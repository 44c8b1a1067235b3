import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { type PostsSearch, tabCount } from "./filters";
import { refreshEvery } from "./freshness";
import { type PostPages, pagesOf, readAnew, rowsOf } from "./pages";
import { onLookAgain, postCountsQuery, postPagesQuery, readPage } from "./queries";

/** So many rows ahead of what is seen are fetched before somebody gets there. */
const AHEAD = 90;

/**
 * The posts of a list however long it is: pages are read ahead of the scrolling, and only those in view are kept fresh.
 */
export function usePostPages(search: PostsSearch) {
  const queryClient = useQueryClient();
  const query = postPagesQuery(search);
  const pages = useInfiniteQuery({ ...query, placeholderData: keepPreviousData });
  const counts = useQuery({ ...postCountsQuery(search), placeholderData: keepPreviousData });
  const rows = useMemo(() => rowsOf(pages.data?.pages), [pages.data]);
  const seen = useRef<[number, number]>([0, 0]);
  const busy = useRef(false);

  const { hasNextPage, isFetching, fetchNextPage, isPlaceholderData } = pages;
  const total =
    hasNextPage && counts.data
      ? Math.max(rows.length + 1, tabCount(search.tab ?? "all", counts.data))
      : rows.length;

  const readMore = useCallback(() => {
    const [, last] = seen.current;
    if (hasNextPage && !isFetching && !isPlaceholderData && last + AHEAD >= rows.length) void fetchNextPage();
  }, [hasNextPage, isFetching, isPlaceholderData, fetchNextPage, rows.length]);
  useEffect(readMore, [readMore]);

  /** Called with the rows in view, whenever they change. */
  const onView = useCallback(
    (first: number, last: number) => {
      seen.current = [first, last];
      readMore();
    },
    [readMore],
  );

  const lookAgain = useRef<() => Promise<void>>(async () => undefined);
  lookAgain.current = async () => {
    const key = query.queryKey;
    const old = queryClient.getQueryData<PostPages>(key);
    if (!old || busy.current) return;
    busy.current = true;
    try {
      const range = pagesOf(old.pages, ...seen.current);
      const anew = await readAnew(old, range, (cursor) => readPage(search, cursor));
      // What was read ahead meanwhile stays, unless the pages it follows are gone.
      queryClient.setQueryData<PostPages>(key, (now) =>
        now?.pages.length === old.pages.length ? anew : now,
      );
    } catch {
      // The next look shows whether it lasts; what is shown stays.
    } finally {
      busy.current = false;
    }
  };

  useEffect(() => onLookAgain(() => void lookAgain.current()), []);
  const inView = rows.slice(seen.current[0], seen.current[1] + 1);
  const pause = refreshEvery(inView.length > 0 ? inView : rows.slice(0, 30));
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void lookAgain.current();
    }, pause);
    return () => clearInterval(timer);
  }, [pause]);

  return { pages, rows, total, counts: counts.data, onView };
}
