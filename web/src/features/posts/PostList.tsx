import { Checkbox, Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useNavigate, useParams } from "@tanstack/react-router";
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { useShortcuts } from "@/features/frame/shortcuts/use-shortcuts";
import { useRows } from "@/ui/use-rows";
import type { PostsSearch } from "./filters";
import classes from "./PostList.module.css";
import { PostRow } from "./PostRow";
import { extended, isSelected, type Selection, toggled } from "./selection";

interface PostListProps {
  search: PostsSearch;
  rows: Post[];
  /** Rows there will be once everything is loaded. */
  total: number;
  onView: (first: number, last: number) => void;
  selection: Selection;
  onSelection: (change: (now: Selection) => Selection) => void;
}

/** Heights of a row, as `PostRow.module.css` has them. */
const WIDE = 52;
const NARROW = 76;

/** Any number of posts: only those in view are there, and keys walk through all of them. */
export function PostList({ search, rows, total, onView, selection, onSelection }: PostListProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const narrow = useMediaQuery("(max-width: 767px)", false, { getInitialValueInEffect: false }) ?? false;
  const height = narrow ? NARROW : WIDE;
  const margin = useTop(list);
  const { shown, total: wholeHeight, scrollTo } = useRows({ count: total, height, margin, beyond: 8 });
  const [first, last] = [shown[0] ?? 0, shown.at(-1) ?? 0];
  useEffect(() => onView(first, last), [onView, first, last]);

  const latest = useRef(rows);
  latest.current = rows;
  const [current, setCurrent] = useState<string | null>(null);
  const onSelect = useCallback(
    (post: Post, range: boolean) =>
      onSelection((now) =>
        range ? extended(now, post, latest.current) : toggled(now, post, latest.current),
      ),
    [onSelection],
  );
  const onFocus = useCallback((post: Post) => setCurrent(post.id), []);

  const { postId } = useParams({ strict: false });
  const navigate = useNavigate();
  /** The post that keys begin from: the open one, or the one with the focus. */
  const at = postId ?? current;
  const step = (by: number): Post | undefined => {
    const index = rows.findIndex(({ id }) => id === at);
    const next =
      index < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(index + by, 0), rows.length - 1);
    scrollTo(next);
    return rows[next];
  };
  const go = (by: number) => {
    const post = step(by);
    if (!post) return;
    if (postId) void navigate({ to: "/posts/$postId", params: { postId: post.id }, search, replace: true });
    else focusRow(post.id);
    setCurrent(post.id);
  };
  const selectCurrent = () => {
    const post = rows.find(({ id }) => id === at);
    if (post) onSelect(post, false);
  };
  useShortcuts([
    { keys: "j", words: t("posts.keys.next"), run: () => go(1) },
    { keys: "k", words: t("posts.keys.previous"), run: () => go(-1) },
    { keys: "x", words: t("posts.keys.select"), run: selectCurrent },
  ]);

  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (event.shiftKey) {
      const from = rows.find(({ id }) => id === at);
      const post = step(by);
      if (!post) return;
      onSelection((now) => {
        const begun = now.anchor === null && from ? toggled(now, from, rows) : now;
        return extended(begun, post, rows);
      });
      focusRow(post.id);
      setCurrent(post.id);
    } else go(by);
  };

  const chosen = selection.all || (rows.length > 0 && selection.posts.size >= total);
  return (
    <div className={classes.table}>
      <div className={classes.columns}>
        <Checkbox
          size="xs"
          className={classes.check}
          checked={chosen}
          indeterminate={!chosen && selection.posts.size > 0}
          onChange={() =>
            onSelection((now) => ({ posts: new Map(), all: !(now.all || chosen), anchor: null }))
          }
          aria-label={t("posts.select.all")}
        />
        <span className={classes.post}>{t("posts.columns.post")}</span>
        <span>{t("posts.columns.channels")}</span>
        <span>{t("posts.columns.when")}</span>
        <span>{t("posts.columns.state")}</span>
      </div>
      <ul
        ref={list}
        className={classes.rows}
        aria-label={t("posts.list")}
        style={{ height: wholeHeight }}
        onKeyDown={onKeyDown}
      >
        {shown.map((index) => {
          const post = rows[index];
          const top = index * height;
          const key = post?.id ?? index;
          return post ? (
            <PostRow
              key={key}
              post={post}
              search={search}
              top={top}
              position={index + 1}
              total={total}
              selected={isSelected(selection, post.id)}
              onSelect={onSelect}
              onFocus={onFocus}
            />
          ) : (
            <li
              key={key}
              className={classes.coming}
              style={{ transform: `translateY(${top}px)` }}
              aria-hidden="true"
            >
              <Skeleton height={14} width={`${45 + ((index * 17) % 35)}%`} animate={false} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** A row that is scrolled to is there one frame later. */
function focusRow(id: string): void {
  const focus = (tries: number) => {
    const link = document.querySelector<HTMLElement>(`[data-post="${id}"]`);
    if (link) link.focus({ preventScroll: true });
    else if (tries > 0) requestAnimationFrame(() => focus(tries - 1));
  };
  focus(5);
}

/** How far below the page's top the list begins; filters above it may wrap. */
function useTop(list: React.RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      if (list.current) setTop(list.current.getBoundingClientRect().top + window.scrollY);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [list]);
  return top;
}
