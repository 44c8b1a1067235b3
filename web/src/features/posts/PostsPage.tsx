import { SegmentedControl, Skeleton } from "@mantine/core";
import { getRouteApi, Outlet } from "@tanstack/react-router";
import { CircleCheck, PenLine, Search, Send } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { withWords } from "@/i18n";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { FilterBar } from "./FilterBar";
import { isFiltered, type PostsSearch, TABS, type Tab, tabCount } from "./filters";
import listClasses from "./PostList.module.css";
import classes from "./PostsPage.module.css";
import { NOTHING, type Selection } from "./selection";
import { usePostPages } from "./use-post-pages";

// The list comes while its posts are asked for.
const loadList = import("./PostList");
const PostList = lazy(async () => ({ default: (await loadList).PostList }));
const BulkBar = lazy(async () => ({
  default: (await withWords(["bulk"], () => import("./BulkBar"))).BulkBar,
}));

const route = getRouteApi("/frame/posts");

/** Every post, by what it needs, where it goes and what it says. */
export function PostsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const { pages, rows, total, counts, onView } = usePostPages(search);
  const [selection, setSelection] = useSelection(search);

  return (
    <>
      <PageHeader
        title={t("posts.title")}
        action={
          <ButtonLink
            variant="filled"
            to="/compose/{-$postId}"
            search={{}}
            leftSection={<PenLine size={15} aria-hidden="true" />}
          >
            {t("posts.compose")}
          </ButtonLink>
        }
      >
        <Tabs search={search} counts={counts} />
      </PageHeader>
      <FilterBar search={search} />
      {pages.error && rows.length === 0 ? (
        <FailedState error={pages.error} onRetry={() => void pages.refetch()} />
      ) : !pages.data ? (
        <Loading />
      ) : rows.length === 0 ? (
        <Empty search={search} />
      ) : (
        <Suspense fallback={<Loading />}>
          <PostList
            search={search}
            rows={rows}
            total={total}
            onView={onView}
            selection={selection}
            onSelection={setSelection}
          />
          <Suspense>
            <BulkBar search={search} selection={selection} total={total} onSelection={setSelection} />
          </Suspense>
        </Suspense>
      )}
      <Outlet />
    </>
  );
}

/** What is chosen belongs to what is listed: other filters, another choice. */
function useSelection(search: PostsSearch) {
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const listed = JSON.stringify(search);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins without a choice
  useEffect(() => setSelection(NOTHING), [listed]);
  const change = useCallback((by: (now: Selection) => Selection) => setSelection(by), []);
  return [selection, change] as const;
}

type Counts = Parameters<typeof tabCount>[1];

function Tabs({ search, counts }: { search: PostsSearch; counts: Counts | undefined }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const words = (tab: Tab) => {
    const count = counts && tab !== "all" && tab !== "published" ? tabCount(tab, counts) : 0;
    return count > 0 ? `${t(`posts.filters.${tab}`)} ${count}` : t(`posts.filters.${tab}`);
  };
  return (
    <div className={classes.tabs}>
      <SegmentedControl
        aria-label={t("posts.filters.label")}
        value={search.tab ?? "all"}
        onChange={(tab) =>
          void navigate({
            to: "/posts",
            search: { ...search, tab: tab === "all" ? undefined : (tab as Tab) },
          })
        }
        data={(Object.keys(TABS) as Tab[]).map((tab) => ({ value: tab, label: words(tab) }))}
      />
    </div>
  );
}

function Empty({ search }: { search: PostsSearch }) {
  const { t } = useTranslation();
  if (isFiltered(search) || (search.tab && search.tab !== "needs")) {
    return (
      <EmptyState
        icon={<Search size={20} aria-hidden="true" />}
        title={t("posts.emptyFiltered")}
        detail={t("posts.emptyFilteredDetail")}
        action={
          <ButtonLink to="/posts" search={{}}>
            {t("posts.filters.clear")}
          </ButtonLink>
        }
      />
    );
  }
  if (search.tab === "needs") {
    return (
      <EmptyState
        icon={<CircleCheck size={20} aria-hidden="true" />}
        title={t("posts.emptyNeeds")}
        detail={t("posts.emptyNeedsDetail")}
      />
    );
  }
  return (
    <EmptyState
      icon={<Send size={20} aria-hidden="true" />}
      title={t("posts.emptyTitle")}
      detail={t("posts.emptyDetail")}
      action={
        <ButtonLink variant="filled" to="/compose/{-$postId}" search={{}}>
          {t("posts.compose")}
        </ButtonLink>
      }
    />
  );
}

/** As high as the list's head and its rows, so that nothing jumps when they come. */
function Loading() {
  const { t } = useTranslation();
  return (
    <div className={listClasses.table} aria-busy="true">
      <div className={listClasses.columns}>
        <span />
        <span className={listClasses.post}>{t("posts.columns.post")}</span>
      </div>
      <div className={listClasses.loading}>
        {[70, 55, 62, 48, 74, 58, 66, 51].map((width) => (
          <div key={width} className={listClasses.coming}>
            <Skeleton height={14} width={`${width}%`} />
          </div>
        ))}
      </div>
    </div>
  );
}
