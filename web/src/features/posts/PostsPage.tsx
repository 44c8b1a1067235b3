import { Button, CloseButton, SegmentedControl, Select, Skeleton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet } from "@tanstack/react-router";
import { CircleCheck, PenLine, Search, Send } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { channelsQuery } from "@/features/connections/queries";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { type PostsSearch, TABS, type Tab, tabCount } from "./filters";
import { PostRow } from "./PostRow";
import classes from "./PostsPage.module.css";
import { postListQuery } from "./queries";

const route = getRouteApi("/frame/posts");

/** Every post, by what it needs, where it goes and what it says. */
export function PostsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const posts = useInfiniteQuery({ ...postListQuery(search), placeholderData: keepPreviousData });
  const items = posts.data?.pages.flatMap((page) => page.items) ?? [];

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
        <Tabs search={search} counts={posts.data?.pages[0]?.counts} />
      </PageHeader>
      <Filters search={search} />
      {posts.error ? (
        <FailedState error={posts.error} onRetry={() => void posts.refetch()} />
      ) : !posts.data ? (
        <Loading />
      ) : items.length === 0 ? (
        <Empty search={search} />
      ) : (
        <div className={classes.table}>
          <div className={classes.columns} aria-hidden="true">
            <span>{t("posts.columns.post")}</span>
            <span>{t("posts.columns.channels")}</span>
            <span>{t("posts.columns.when")}</span>
            <span>{t("posts.columns.state")}</span>
          </div>
          <ul>
            {items.map((post) => (
              <PostRow key={post.id} post={post} search={search} />
            ))}
          </ul>
        </div>
      )}
      {posts.hasNextPage && (
        <Button
          className={classes.more}
          loading={posts.isFetchingNextPage}
          onClick={() => void posts.fetchNextPage()}
        >
          {t("common.loadMore")}
        </Button>
      )}
      <Outlet />
    </>
  );
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

function Filters({ search }: { search: PostsSearch }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const { data: channels } = useQuery(channelsQuery);
  const [words, setWords] = useState(search.q ?? "");
  const latest = useRef(search);
  latest.current = search;

  const find = useDebouncedCallback(
    (q: string) =>
      void navigate({ to: "/posts", search: { ...latest.current, q: q.trim() || undefined }, replace: true }),
    300,
  );
  // Back, forward and «Clear» change the address without typing.
  useEffect(() => setWords((now) => (now.trim() === (search.q ?? "") ? now : (search.q ?? ""))), [search.q]);

  return (
    <div className={classes.filters}>
      <TextInput
        className={classes.search}
        aria-label={t("posts.filters.search")}
        placeholder={t("posts.filters.search")}
        leftSection={<Search size={15} aria-hidden="true" />}
        rightSection={
          words && (
            <CloseButton
              size="sm"
              aria-label={t("posts.filters.clear")}
              onClick={() => {
                setWords("");
                find("");
              }}
            />
          )
        }
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          find(event.currentTarget.value);
        }}
      />
      <Select
        className={classes.channel}
        aria-label={t("posts.filters.channel")}
        placeholder={t("posts.filters.anyChannel")}
        clearable
        data={(channels ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={search.channel ?? null}
        onChange={(channel) =>
          void navigate({ to: "/posts", search: { ...search, channel: channel ?? undefined } })
        }
      />
    </div>
  );
}

function Empty({ search }: { search: PostsSearch }) {
  const { t } = useTranslation();
  if (search.q || search.channel || (search.tab && search.tab !== "needs")) {
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

function Loading() {
  return (
    <div className={classes.table} aria-busy="true">
      {["a", "b", "c", "d", "e", "f"].map((key) => (
        <div key={key} className={classes.loading}>
          <Skeleton height={14} width="70%" />
          <Skeleton height={18} width={62} />
          <Skeleton height={14} width={90} />
          <Skeleton height={22} width={96} radius={11} />
        </div>
      ))}
    </div>
  );
}
