import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { Mail as MailIcon, Send } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MailMessage, MailState } from "@/api/model";
import { useSession } from "@/features/account/session";
import { AdministratorsOnly } from "@/features/admin/AdministratorsOnly";
import settings from "@/features/settings/Settings.module.css";
import { ComingSections } from "@/features/settings/SettingsPage";
import { count } from "@/i18n/format";
import { Ago } from "@/ui/Ago";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { Notice } from "@/ui/Notice";
import { PageHeader } from "@/ui/PageHeader";
import { Quiet, Row, Rows, RowWords, rowLink } from "@/ui/Rows";
import { Section } from "@/ui/Section";
import { Together } from "@/ui/Together";
import { LeftAlone } from "./LeftAlone";
import classes from "./Mail.module.css";
import { MailTabs } from "./MailTabs";
import { MessageStatus } from "./MessageStatus";
import { mailStateQuery, messagesQuery, suppressionsQuery } from "./queries";
import { type MailSearch, STATUSES } from "./search";
import { TestMailDialog } from "./TestMailDialog";

const route = getRouteApi("/frame/admin/mail");

/** How mail goes out, and every message that did or did not. */
export function MailPage() {
  const { t } = useTranslation();
  const { user } = useSession();
  const search = route.useSearch();
  const [testing, setTesting] = useState(false);
  return (
    <>
      <PageHeader
        title={t("nav.mail")}
        hint={t("mail.hint")}
        action={
          user.is_admin && (
            <Button leftSection={<Send size={14} aria-hidden="true" />} onClick={() => setTesting(true)}>
              {t("mail.test.action")}
            </Button>
          )
        }
      />
      {user.is_admin ? (
        <>
          <MailTabs />
          <div className={`${settings.page} ${settings.wide}`}>
            <Parts search={search} />
          </div>
        </>
      ) : (
        <AdministratorsOnly />
      )}
      {testing && <TestMailDialog onClose={() => setTesting(false)} />}
      <Outlet />
    </>
  );
}

function Parts({ search }: { search: MailSearch }) {
  const state = useQuery(mailStateQuery);
  const leftAlone = useQuery(suppressionsQuery);
  const log = useInfiniteQuery(messagesQuery(search));
  return (
    <Together reading={state.isPending || leftAlone.isPending || log.isPending} coming={<ComingSections />}>
      <State />
      <LeftAlone />
      <Messages search={search} />
    </Together>
  );
}

const TRANSPORTS = ["smtp", "sendgrid", "mailbox", "none"] as const;

function State() {
  const { t } = useTranslation();
  const { data: state, error, refetch } = useQuery(mailStateQuery);
  if (error && !state) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!state)
    return (
      <div aria-busy="true">
        <Skeleton height={140} radius={12} />
      </div>
    );
  const transport = TRANSPORTS.find((each) => each === state.transport) ?? "none";
  return (
    <Section title={t(`mail.transport.${transport}`)} detail={t(`mail.transportDetail.${transport}`)}>
      {transport === "none" && (
        <Notice tone="warn" title={t("mail.noneTitle")}>
          {t("mail.noneDetail")}
        </Notice>
      )}
      <Figures state={state} />
    </Section>
  );
}

function Figures({ state }: { state: MailState }) {
  const { t } = useTranslation();
  return (
    <dl className={classes.figures}>
      {state.from && (
        <div>
          <dt>{t("mail.from")}</dt>
          <dd>{state.from}</dd>
        </div>
      )}
      {STATUSES.map((status) => (
        <div key={status}>
          <dt>{t(`mail.status.${status}`)}</dt>
          <dd>{count(state[status])}</dd>
        </div>
      ))}
    </dl>
  );
}

function Messages({ search }: { search: MailSearch }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const log = useInfiniteQuery(messagesQuery(search));
  const messages = log.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <div className={classes.filter}>
        <SegmentedControl
          aria-label={t("mail.filter")}
          value={search.status ?? "all"}
          onChange={(value) => {
            const status = STATUSES.find((each) => each === value);
            void navigate({ search: status ? { status } : {} });
          }}
          data={[
            { value: "all", label: t("mail.all") },
            ...STATUSES.map((status) => ({ value: status, label: t(`mail.status.${status}`) })),
          ]}
        />
      </div>
      {log.error && !messages ? (
        <FailedState error={log.error} onRetry={() => void log.refetch()} />
      ) : !messages ? (
        <div aria-busy="true">
          <Skeleton height={200} radius={12} />
        </div>
      ) : messages.length === 0 ? (
        <EmptyState
          icon={<MailIcon size={20} aria-hidden="true" />}
          title={t(search.status ? "mail.noneOfThese" : "mail.noMessages")}
          detail={t(search.status ? "mail.noneOfTheseDetail" : "mail.noMessagesDetail")}
        />
      ) : (
        <Rows label={t("mail.log.title")}>
          {messages.map((message) => (
            <MessageRow key={message.id} message={message} search={search} />
          ))}
        </Rows>
      )}
      {log.hasNextPage && (
        <div>
          <Button loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t("common.loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}

/** The whole row opens the message. */
function MessageRow({ message, search }: { message: MailMessage; search: MailSearch }) {
  const { id, to, subject, status, created_at, sent_at } = message;
  return (
    <Row>
      <RowWords>
        <Link
          to="/admin/mail/messages/$messageId"
          params={{ messageId: id }}
          search={search}
          className={rowLink}
        >
          {subject}
        </Link>
        <Quiet>{to}</Quiet>
      </RowWords>
      <Quiet>
        <Ago at={sent_at ?? created_at} />
      </Quiet>
      <MessageStatus status={status} />
    </Row>
  );
}
