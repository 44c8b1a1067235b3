import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { RotateCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { MailMessageDetail } from "@/api/model";
import { dateAndTime } from "@/i18n/format";
import { inOurWords } from "@/i18n/server-words";
import { Fact, Facts } from "@/ui/Facts";
import { FailedState } from "@/ui/FailedState";
import { Notice } from "@/ui/Notice";
import { SidePanel } from "@/ui/SidePanel";
import { toastDone, toastFailed } from "@/ui/toast";
import classes from "./Mail.module.css";
import { MailFrame } from "./MailFrame";
import { MessageStatus } from "./MessageStatus";
import { PlainMail } from "./PlainMail";
import { messageQuery, useRetryMessage } from "./queries";

const route = getRouteApi("/frame/admin/mail/messages/$messageId");

/** One message: what became of it, and what it says where that is kept. */
export function MessagePanel() {
  const { t } = useTranslation();
  const { messageId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: message, error, refetch } = useQuery(messageQuery(messageId));
  return (
    <SidePanel
      title={message?.subject ?? t("nav.mail")}
      onClose={() => void navigate({ to: "/admin/mail", search })}
      footer={message && mayRetry(message) && <Retry id={messageId} />}
    >
      {error ? (
        <FailedState error={error} onRetry={() => void refetch()} />
      ) : !message ? (
        <div aria-busy="true">
          <Skeleton height={240} radius={12} />
        </div>
      ) : (
        <Message message={message} />
      )}
    </SidePanel>
  );
}

const mayRetry = ({ status }: MailMessageDetail): boolean => status === "failed" || status === "bounced";

function Retry({ id }: { id: string }) {
  const { t } = useTranslation();
  const retry = useRetryMessage(id);
  return (
    <Button
      leftSection={<RotateCw size={14} aria-hidden="true" />}
      loading={retry.isPending}
      onClick={() =>
        retry.mutate(undefined, {
          onSuccess: () => toastDone(t("mail.retried")),
          onError: (error) => toastFailed(error),
        })
      }
    >
      {t("mail.retry")}
    </Button>
  );
}

function Message({ message }: { message: MailMessageDetail }) {
  const { t } = useTranslation();
  const { to, kind, status, attempts, error, created_at, sent_at, html, text } = message;
  return (
    <div className={classes.parts}>
      {error && (
        <Notice tone="bad" title={t("mail.problem")}>
          {inOurWords(error)}
        </Notice>
      )}
      <Facts>
        <Fact name={t("mail.facts.to")}>{to}</Fact>
        <Fact name={t("mail.facts.status")}>
          <MessageStatus status={status} />
        </Fact>
        <Fact name={t("mail.facts.kind")}>
          <code>{kind}</code>
        </Fact>
        <Fact name={t("mail.facts.made")}>{dateAndTime(created_at)}</Fact>
        {sent_at && <Fact name={t("mail.facts.sent")}>{dateAndTime(sent_at)}</Fact>}
        <Fact name={t("mail.facts.attempts")}>{attempts}</Fact>
      </Facts>
      {text && <PlainMail text={text} />}
      {html && (
        <section aria-label={t("mail.asHtml")}>
          <h3 className={classes.heading}>{t("mail.asHtml")}</h3>
          <MailFrame html={html} title={t("mail.asHtml")} />
        </section>
      )}
      {!text && !html && <p className={classes.quiet}>{t("mail.noBody")}</p>}
    </div>
  );
}
