import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type ComponentProps, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { channelsQuery, groupsQuery } from "@/features/connections/queries";
import { mediaQuery } from "@/features/media/queries";
import { postQuery } from "@/features/posts/queries";
import { StateBadge } from "@/features/posts/StateBadge";
import { stateKey } from "@/features/posts/states";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { Together } from "@/ui/Together";
import { begin } from "./begin";
import classes from "./Composer.module.css";
import { addressOf, draftOf, type When, withAddressed, withoutGone } from "./draft";
import { Editor } from "./Editor";
import { modeOf } from "./mode";

const route = getRouteApi("/frame/compose/{-$postId}");

/**
 * A new post or the one named in the address.
 *
 * When a new draft is first saved the address gets its id; that is the same piece of work, so the editor stays.
 */
export function ComposePage() {
  const { postId } = route.useParams();
  const navigate = route.useNavigate();
  const [created, setCreated] = useState<string | null>(null);
  const [work, setWork] = useState({ number: 0, postId });

  if (work.postId !== postId) {
    const same = postId !== undefined && postId === created && work.postId === undefined;
    setWork({ number: work.number + (same ? 0 : 1), postId });
  }
  const adopt = (post: Post) => {
    setCreated(post.id);
    // The draft's time is stored with it no sooner than it is decided, so it stays in the address.
    void navigate({
      to: "/compose/{-$postId}",
      params: { postId: post.id },
      search: ({ start: _start, media: _media, ...when }) => when,
      replace: true,
      resetScroll: false,
      ignoreBlocker: true,
    });
  };

  if (work.postId && work.postId !== created) return <ExistingPost key={work.number} postId={work.postId} />;
  return <NewPost key={work.number} onCreated={adopt} />;
}

/** Keeps the time of a draft in the address, so that loading the page again does not make it "now". */
function useWhenInAddress() {
  const navigate = route.useNavigate();
  return (chosen: When) =>
    void navigate({
      to: ".",
      search: ({ at: _at, zone: _zone, repeat: _repeat, when: _when, ...rest }) => ({
        ...rest,
        ...addressOf(chosen),
      }),
      replace: true,
      resetScroll: false,
      ignoreBlocker: true,
    });
}

function NewPost({ onCreated }: { onCreated: (post: Post) => void }) {
  const { t } = useTranslation();
  // What the address asks to begin with counts once; the address changes when the draft is saved.
  const search = route.useSearch();
  const [{ start, media: mediaId, ...when }] = useState(search);
  const channels = useQuery(channelsQuery);
  const onWhen = useWhenInAddress();
  const media = useQuery({ ...mediaQuery(mediaId ?? ""), enabled: mediaId !== undefined });

  if (channels.error) return <Failed error={channels.error} onRetry={() => void channels.refetch()} />;
  if (!channels.data || (mediaId && media.isPending)) return <Loading />;

  const draft = begin(channels.data, {
    ...(start === "first" ? { firstText: t("setup.postExample") } : {}),
    ...(media.data ? { media: media.data } : {}),
    ...when,
  });
  return (
    <WithGroups post={null} initial={draft} channels={channels.data} onCreated={onCreated} onWhen={onWhen} />
  );
}

function ExistingPost({ postId }: { postId: string }) {
  const channels = useQuery(channelsQuery);
  // The draft's time is the person's own from here on, too.
  const search = route.useSearch();
  const [when] = useState(search);
  const onWhen = useWhenInAddress();
  // Read once: what comes later is the person's own, and conflicts are told by the revision.
  const post = useQuery({
    ...postQuery(postId),
    refetchInterval: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    staleTime: 0,
    gcTime: 0,
    meta: { readOnce: true },
  });

  const error = post.error ?? channels.error;
  if (error)
    return <Failed error={error} onRetry={() => void Promise.all([post.refetch(), channels.refetch()])} />;
  if (!post.data || !channels.data || (post.isFetching && !post.isFetchedAfterMount)) return <Loading />;
  const mode = modeOf(post.data);
  if (mode === null) return <NoLongerOpen post={post.data} />;

  const stored = withoutGone(draftOf(post.data), channels.data);
  const initial = mode === "draft" ? withAddressed(stored, when) : stored;

  return (
    <WithGroups
      post={post.data}
      initial={initial}
      channels={channels.data}
      onCreated={() => undefined}
      onWhen={onWhen}
    />
  );
}

/** Groups stand before the channels, so those wait for them. */
function WithGroups(props: ComponentProps<typeof Editor>) {
  const groups = useQuery(groupsQuery);
  // Without a network they are not waited for.
  return (
    <Together reading={groups.isPending && groups.fetchStatus !== "paused"} coming={<Loading />}>
      <Editor {...props} />
    </Together>
  );
}

function NoLongerOpen({ post }: { post: Post }) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t("composer.editTitle")}>
        <StateBadge state={post.state} />
      </PageHeader>
      <EmptyState
        title={t("editor.finalTitle")}
        detail={t("editor.finalDetail", { state: t(stateKey(post.state)).toLowerCase() })}
        action={
          <ButtonLink variant="filled" to="/posts/$postId" params={{ postId: post.id }} search={{}}>
            {t("editor.openPost")}
          </ButtonLink>
        }
      />
    </>
  );
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t("composer.newTitle")} />
      <FailedState error={error} onRetry={onRetry} />
    </>
  );
}

function Loading() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t("composer.newTitle")} />
      <div className={classes.columns} aria-busy="true">
        <div className={classes.main}>
          <Skeleton height={32} width="60%" radius={16} />
          <Skeleton height={260} radius={12} />
          <Skeleton height={108} width={108} radius={10} />
        </div>
      </div>
    </>
  );
}
