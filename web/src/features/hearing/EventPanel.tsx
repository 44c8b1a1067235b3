import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { RotateCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WebhookEventDetail } from "@/api/model";
import { useSession } from "@/features/account/session";
import { manages } from "@/features/members/roles";
import { dateAndTime, exact } from "@/i18n/format";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Fact, Facts } from "@/ui/Facts";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { Notice } from "@/ui/Notice";
import { Raw } from "@/ui/Raw";
import { Quiet } from "@/ui/Rows";
import { SidePanel } from "@/ui/SidePanel";
import { toastDone, toastFailed } from "@/ui/toast";
import classes from "./Events.module.css";
import { Notices } from "./Notices";
import { eventQuery, useDelete, useRetry } from "./queries";
import { StatusBadge } from "./StatusBadge";
import { isRetryable } from "./search";
import { kindWords } from "./words";

const route = getRouteApi("/frame/webhooks/$eventId");

/** One event: what the platform said, and what was made of it. */
export function EventPanel() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const { eventId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const close = () => void navigate({ to: "/webhooks", search });
  const { data: event, error, refetch } = useQuery(eventQuery(eventId, search));
  return (
    <SidePanel
      title={event ? kindWords(event.kind) : t("nav.webhooks")}
      onClose={close}
      footer={
        event && manages(workspace.role) && isRetryable(event) && <Actions event={event} onDeleted={close} />
      }
    >
      {error && !event ? (
        <FailedState error={error} onRetry={() => void refetch()} />
      ) : !event ? (
        <div aria-busy="true">
          <Skeleton height={280} radius={12} />
        </div>
      ) : (
        <Event event={event} />
      )}
    </SidePanel>
  );
}

function Actions({ event, onDeleted }: { event: WebhookEventDetail; onDeleted: () => void }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const retry = useRetry(search);
  const remove = useDelete(search);
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <Button
        leftSection={<RotateCw size={14} aria-hidden="true" />}
        loading={retry.isPending}
        onClick={() =>
          retry.mutate(event.id, {
            onSuccess: () => toastDone(t("hearing.retried")),
            onError: (error) => toastFailed(error),
          })
        }
      >
        {t(event.status === "processed" ? "hearing.again" : "hearing.retry")}
      </Button>
      <Button
        variant="danger"
        leftSection={<Trash2 size={14} aria-hidden="true" />}
        onClick={() => setDeleting(true)}
      >
        {t("common.delete")}
      </Button>
      <ConfirmDialog
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={t("hearing.delete.title", { kind: kindWords(event.kind) })}
        confirm={t("common.delete")}
        destructive
        pending={remove.isPending}
        onConfirm={() =>
          remove.mutate(event.id, {
            onSuccess: () => {
              toastDone(t("hearing.delete.done"));
              onDeleted();
            },
            onError: (error) => toastFailed(error),
          })
        }
      >
        {t("hearing.delete.detail")}
      </ConfirmDialog>
    </>
  );
}

function Event({ event }: { event: WebhookEventDetail }) {
  const { t } = useTranslation();
  const { account, platform, kind, occurred_at, received_at, processed_at, next_attempt_at } = event;
  return (
    <div className={classes.parts}>
      <Trouble event={event} />
      <Notices notices={event.notices} />
      <Facts>
        <Fact name={t("hearing.facts.status")}>
          <StatusBadge status={event.status} />
        </Fact>
        <Fact name={t("hearing.facts.account")}>
          {account.channel_id ? account.name : <code>{account.remote_id}</code>}
        </Fact>
        <Fact name={t("hearing.facts.kind")}>
          <code>
            {platform} {kind}
          </code>
        </Fact>
        {occurred_at && <Fact name={t("hearing.facts.occurred")}>{exact(occurred_at)}</Fact>}
        <Fact name={t("hearing.facts.received")}>{exact(received_at)}</Fact>
        {processed_at && <Fact name={t("hearing.facts.processed")}>{exact(processed_at)}</Fact>}
        {next_attempt_at && <Fact name={t("hearing.facts.next")}>{exact(next_attempt_at)}</Fact>}
        <Fact name={t("hearing.facts.attempts")}>{event.attempts}</Fact>
        {event.status === "processed" && (
          <Fact name={t("hearing.facts.effects")}>
            {event.test ? t("hearing.test.nothing") : t("hearing.effects", { count: event.effects })}
          </Fact>
        )}
      </Facts>
      {account.channel_id && (
        <div>
          <ButtonLink to="/webhooks" search={{ account: account.remote_id }} size="xs">
            {t("hearing.sameAccount")}
          </ButtonLink>
        </div>
      )}
      {event.failures.length > 0 && (
        <section aria-label={t("hearing.failures")}>
          <h3 className={classes.heading}>{t("hearing.failures")}</h3>
          <ol className={classes.failures}>
            {event.failures.map(({ at, detail }) => (
              <li key={at}>
                <Quiet>{dateAndTime(at)}</Quiet> {detail}
              </li>
            ))}
          </ol>
        </section>
      )}
      <Raw title={t("hearing.payload")} text={written(event.payload)} none={t("hearing.forgotten")} />
      <Raw title={t("hearing.headers")} text={written(event.headers)} none={t("hearing.forgotten")} />
    </div>
  );
}

/** As a person reads it; nothing where it was forgotten. */
const written = (value: unknown): string | null => (value === null ? null : JSON.stringify(value, null, 2));

/** What a person should know before reading on. */
function Trouble({ event }: { event: WebhookEventDetail }) {
  const { t } = useTranslation();
  if (event.status === "dead_letter")
    return (
      <Notice tone="bad" title={t("hearing.gaveUp")}>
        {event.error} {t("hearing.gaveUpDetail")}
      </Notice>
    );
  if (event.status === "failed" && event.next_attempt_at)
    return (
      <Notice tone="warn" title={t("hearing.failed")}>
        {event.error} {t("hearing.failedDetail")}
      </Notice>
    );
  if (event.test && event.status === "processed")
    return (
      <Notice tone="good" title={t("hearing.test.arrived")}>
        {t("hearing.test.arrivedDetail")}
      </Notice>
    );
  if (!event.understood)
    return (
      <Notice tone="info" title={t("hearing.notUnderstoodTitle")}>
        {t("hearing.notUnderstoodDetail")}
      </Notice>
    );
  if (!event.claimed)
    return (
      <Notice tone="info" title={t("hearing.unclaimedTitle")}>
        {t("hearing.unclaimedDetail")}
      </Notice>
    );
  return null;
}
