import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, PenLine } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { connectionsQuery, platformsQuery } from "@/features/connections/queries";
import { needsPerson, statusKey } from "@/features/connections/status";
import type { PostsSearch, Tab } from "@/features/posts/filters";
import { PostRow } from "@/features/posts/PostRow";
import { begunPostsQuery, firstRunQuery } from "@/features/setup/queries";
import { ResumeSetup } from "@/features/setup/ResumeSetup";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink, TextLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { PlatformTile } from "@/ui/PlatformTile";
import { Together } from "@/ui/Together";
import classes from "./HomePage.module.css";
import { NEEDS, NEXT, PUBLISHED, SHOWN } from "./queries";
import { waitingComments } from "./waiting-comments";

// Rarely there, and with it comes what reconnects an account.
const CommentRow = lazy(async () => ({ default: (await import("./CommentRow")).CommentRow }));

/** Where the day begins: what is unfinished, what needs a person, what comes next, what went out. */
export function HomePage() {
  const { t } = useTranslation();
  const { user } = useSession();
  return (
    <>
      <PageHeader
        title={t("home.title")}
        hint={t("home.hello", { name: user.name })}
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
      />
      <div className={classes.page}>
        <Cards />
      </div>
    </>
  );
}

function Cards() {
  const { t } = useTranslation();
  return (
    <Together reading={useIsReading()} coming={<LoadingCards />}>
      <ResumeSetup />
      <NeedsYou />
      <PostsCard
        title={t("home.next")}
        query={NEXT}
        tab="scheduled"
        order="due"
        empty={
          <EmptyState
            title={t("home.nextEmptyTitle")}
            detail={t("home.nextEmptyDetail")}
            action={
              <ButtonLink to="/compose/{-$postId}" search={{}}>
                {t("posts.compose")}
              </ButtonLink>
            }
          />
        }
      />
      <PostsCard
        title={t("home.published")}
        query={PUBLISHED}
        tab="published"
        order="due_desc"
        empty={<p className={classes.quiet}>{t("home.publishedEmpty")}</p>}
      />
    </Together>
  );
}

/** Whether anything that a card shows is still read. */
function useIsReading(): boolean {
  const firstRun = useQuery(firstRunQuery);
  const begun = useQuery(begunPostsQuery);
  const needs = useQuery(NEEDS);
  const next = useQuery(NEXT);
  const published = useQuery(PUBLISHED);
  const connections = useQuery(connectionsQuery);
  return [firstRun, begun, needs, next, published, connections].some(({ isPending }) => isPending);
}

function LoadingCards() {
  const { t } = useTranslation();
  return (
    <>
      <Card title={t("home.needsYou")} tab="needs">
        <Loading />
      </Card>
      <Card title={t("home.next")} tab="scheduled" order="due">
        <Loading />
      </Card>
      <Card title={t("home.published")} tab="published" order="due_desc">
        <Loading />
      </Card>
    </>
  );
}

interface CardProps {
  title: string;
  tab: Tab;
  order?: PostsSearch["order"];
  children: ReactNode;
}

function Card({ title, tab, order, children }: CardProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.card} aria-label={title}>
      <header>
        <h2>{title}</h2>
        <TextLink
          to="/posts"
          search={{ tab, order }}
          className={classes.all}
          aria-label={`${t("home.all")}: ${title}`}
        >
          {t("home.all")}
        </TextLink>
      </header>
      {children}
    </section>
  );
}

interface PostsCardProps {
  title: string;
  query: typeof NEXT;
  tab: Tab;
  order: PostsSearch["order"];
  empty: ReactNode;
}

function PostsCard({ title, query, tab, order, empty }: PostsCardProps) {
  const posts = useQuery(query);
  const shown = (posts.data?.items ?? []).slice(0, SHOWN);
  return (
    <Card title={title} tab={tab} order={order}>
      {posts.error ? (
        <FailedState error={posts.error} onRetry={() => void posts.refetch()} />
      ) : posts.isPending ? (
        <Loading />
      ) : shown.length === 0 ? (
        empty
      ) : (
        <ul>
          {shown.map((post) => (
            <PostRow key={post.id} post={post} search={{}} />
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Posts, first comments and accounts that wait for a person. */
function NeedsYou() {
  const { t } = useTranslation();
  const posts = useQuery(NEEDS);
  const published = useQuery(PUBLISHED);
  const connections = useQuery(connectionsQuery);
  const { data: platforms } = useQuery(platformsQuery);
  const stuck = (connections.data ?? []).filter(
    (each) => each.status !== "disconnected" && needsPerson(each),
  );
  const waiting = posts.data?.items ?? [];
  const comments = waitingComments(published.data?.items ?? []);
  const asked = [posts, published, connections];
  const error = asked.find((each) => each.error)?.error;

  return (
    <Card title={t("home.needsYou")} tab="needs">
      {error ? (
        <FailedState error={error} onRetry={() => void Promise.all(asked.map((each) => each.refetch()))} />
      ) : asked.some(({ isPending }) => isPending) ? (
        <Loading />
      ) : stuck.length + comments.length + waiting.length === 0 ? (
        <p className={classes.fine}>
          <CircleCheck size={16} aria-hidden="true" />
          {t("home.needsYouEmpty")}
        </p>
      ) : (
        <ul>
          {stuck.map(({ id, name, platform, status }) => (
            <li key={id} className={classes.account}>
              <PlatformTile platform={platform} />
              <TextLink
                to="/connections/$connectionId"
                params={{ connectionId: id }}
                search={{}}
                className={classes.accountLink}
              >
                {t("home.connectionNeedsYou", {
                  name,
                  platform: platforms?.find((each) => each.id === platform)?.name ?? platform,
                  status: t(statusKey(status)),
                })}
              </TextLink>
              <CircleAlert size={15} aria-hidden="true" />
            </li>
          ))}
          {comments.slice(0, SHOWN).map((each) => (
            <Suspense key={each.delivery.id} fallback={<li className={classes.coming} />}>
              <CommentRow waiting={each} />
            </Suspense>
          ))}
          {waiting.map((post) => (
            <PostRow key={post.id} post={post} search={{}} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Loading() {
  return (
    <div className={classes.loading} aria-busy="true">
      <Skeleton height={14} width="60%" />
      <Skeleton height={14} width="45%" />
      <Skeleton height={14} width="52%" />
    </div>
  );
}
