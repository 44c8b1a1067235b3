import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { RotateCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { MailMessageDetail } from "@/api/model";
import { dateAndTime } from "@/i18n/format";
import { inOurWords } from "@/i18n/server-words";
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
      <dl className={classes.facts}>
        <div>
          <dt>{t("mail.facts.to")}</dt>
          <dd>{to}</dd>
        </div>
        <div>
          <dt>{t("mail.facts.status")}</dt>
          <dd>
            <MessageStatus status={status} />
          </dd>
        </div>
        <div>
          <dt>{t("mail.facts.kind")}</dt>
          <dd>
            <code>{kind}</code>
          </dd>
        </div>
        <div>
          <dt>{t("mail.facts.made")}</dt>
          <dd>{dateAndTime(created_at)}</dd>
        </div>
        {sent_at && (
          <div>
            <dt>{t("mail.facts.sent")}</dt>
            <dd>{dateAndTime(sent_at)}</dd>
          </div>
        )}
        <div>
          <dt>{t("mail.facts.attempts")}</dt>
          <dd>{attempts}</dd>
        </div>
      </dl>
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
