import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, PenLine } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { useSession } from "@/features/account/session";
import { connectionsQuery, platformsQuery } from "@/features/connections/queries";
import { needsPerson, statusKey } from "@/features/connections/status";
import type { Tab } from "@/features/posts/filters";
import { PostRow } from "@/features/posts/PostRow";
import { somePostsQuery } from "@/features/posts/queries";
import { ResumeSetup } from "@/features/setup/ResumeSetup";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink, TextLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { PlatformTile } from "@/ui/PlatformTile";
import classes from "./HomePage.module.css";

/** Posts a card shows. */
const SHOWN = 5;
/** The soonest is looked for among so many. */
const SCHEDULED_READ = 100;

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
        <ResumeSetup />
        <NeedsYou />
        <PostsCard
          title={t("home.next")}
          tab="scheduled"
          read={SCHEDULED_READ}
          choose={soonestFirst}
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
          tab="published"
          empty={<p className={classes.quiet}>{t("home.publishedEmpty")}</p>}
        />
      </div>
    </>
  );
}

function Card({ title, tab, children }: { title: string; tab: Tab; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <section className={classes.card} aria-label={title}>
      <header>
        <h2>{title}</h2>
        <TextLink
          to="/posts"
          search={{ tab }}
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
  tab: Tab;
  empty: ReactNode;
  /** How many to read before choosing; as many as are shown unless said. */
  read?: number;
  choose?: (posts: Post[]) => Post[];
}

function PostsCard({ title, tab, empty, read = SHOWN, choose }: PostsCardProps) {
  const posts = useQuery(somePostsQuery(tab, read));
  return (
    <Card title={title} tab={tab}>
      {posts.error ? (
        <FailedState error={posts.error} onRetry={() => void posts.refetch()} />
      ) : !posts.data ? (
        <Loading />
      ) : posts.data.items.length === 0 ? (
        empty
      ) : (
        <ul>
          {(choose?.(posts.data.items) ?? posts.data.items).slice(0, SHOWN).map((post) => (
            <PostRow key={post.id} post={post} search={{}} />
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Lists come newest first; what comes next is what is due first. */
const soonestFirst = (posts: Post[]): Post[] =>
  [...posts].sort((one, other) => (one.schedule.at ?? "").localeCompare(other.schedule.at ?? ""));

/** Posts and accounts that wait for a person. */
function NeedsYou() {
  const { t } = useTranslation();
  const posts = useQuery(somePostsQuery("needs", 5));
  const connections = useQuery(connectionsQuery);
  const { data: platforms } = useQuery(platformsQuery);
  const stuck = (connections.data ?? []).filter(
    (each) => each.status !== "disconnected" && needsPerson(each),
  );
  const waiting = posts.data?.items ?? [];

  return (
    <Card title={t("home.needsYou")} tab="needs">
      {posts.error ? (
        <FailedState error={posts.error} onRetry={() => void posts.refetch()} />
      ) : !posts.data || !connections.data ? (
        <Loading />
      ) : stuck.length + waiting.length === 0 ? (
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
