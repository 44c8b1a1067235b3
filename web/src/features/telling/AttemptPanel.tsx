import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { RotateCw } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { WebhookAttempt } from "@/api/model";
import { useSession } from "@/features/account/session";
import { manages } from "@/features/members/roles";
import { dateAndTime, duration, exact } from "@/i18n/format";
import { EmptyState } from "@/ui/EmptyState";
import { Fact, Facts } from "@/ui/Facts";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { Raw } from "@/ui/Raw";
import { SidePanel } from "@/ui/SidePanel";
import { toastDone, toastFailed } from "@/ui/toast";
import { Answer } from "./Answer";
import { Outcome } from "./Outcome";
import { attemptsQuery, useSendAgain } from "./queries";
import classes from "./Telling.module.css";
import { eventWords, laidOut } from "./words";

const route = getRouteApi("/frame/webhooks/outgoing/$endpointId/$attemptId");

/** So far back an attempt is looked for when somebody opens its address. */
const PAGES = 10;

/** One attempt: what was sent, and what came back. */
export function AttemptPanel() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const { endpointId, attemptId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const log = useInfiniteQuery(attemptsQuery(endpointId, search));
  const attempt = log.data?.pages.flatMap((page) => page.items).find(({ id }) => id === attemptId);
  const goesOn = !attempt && log.hasNextPage && (log.data?.pages.length ?? 0) < PAGES;
  const { isFetching, fetchNextPage } = log;
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage]);
  return (
    <SidePanel
      title={attempt ? eventWords(attempt.event_type) : t("telling.log.title")}
      onClose={() =>
        void navigate({
          to: "/webhooks/outgoing/$endpointId",
          params: { endpointId },
          search,
          resetScroll: false,
        })
      }
      footer={attempt && manages(workspace.role) && <SendAgain attempt={attempt} endpointId={endpointId} />}
    >
      {attempt ? (
        <Attempt attempt={attempt} endpointId={endpointId} />
      ) : log.error ? (
        <FailedState error={log.error} onRetry={() => void log.refetch()} />
      ) : goesOn || log.isFetching ? (
        <div aria-busy="true">
          <Skeleton height={280} radius={12} />
        </div>
      ) : (
        <EmptyState title={t("telling.log.notFound")} detail={t("telling.log.notFoundDetail")} />
      )}
    </SidePanel>
  );
}

interface OneAttempt {
  attempt: WebhookAttempt;
  endpointId: string;
}

/** The same message once more, to the endpoint as it is now. */
function SendAgain({ attempt, endpointId }: OneAttempt) {
  const { t } = useTranslation();
  const send = useSendAgain(endpointId);
  return (
    <Button
      leftSection={<RotateCw size={14} aria-hidden="true" />}
      loading={send.isPending}
      onClick={() =>
        send.mutate(
          { message_id: attempt.message_id },
          {
            onSuccess: () => toastDone(t("telling.again.doneOne")),
            onError: (error) => toastFailed(error),
          },
        )
      }
    >
      {t("telling.again.one")}
    </Button>
  );
}

function Attempt({ attempt, endpointId }: OneAttempt) {
  const { t } = useTranslation();
  const { event_type, message_id, number, at, duration_ms, outcome, request, message } = attempt;
  return (
    <div className={classes.parts}>
      <Answer attempt={attempt} />
      <Facts>
        <Fact name={t("telling.facts.outcome")}>
          <Outcome outcome={outcome} />
        </Fact>
        <Fact name={t("telling.log.type")}>
          <code>{event_type}</code>
        </Fact>
        <Fact name={t("telling.facts.at")}>{exact(at)}</Fact>
        <Fact name={t("telling.facts.took")}>{duration(duration_ms)}</Fact>
        <Fact name={t("telling.facts.number")}>{number}</Fact>
        <Fact name={t("telling.facts.message")}>{whereItIs(message, t)}</Fact>
        <Fact name={t("telling.facts.id")}>
          <code>{message_id}</code>
        </Fact>
        <Fact name={t("telling.form.url")}>
          <code>{request.url}</code>
        </Fact>
      </Facts>
      <div>
        <ButtonLink
          to="/webhooks/outgoing/$endpointId"
          params={{ endpointId }}
          search={{ message: message_id }}
          size="xs"
        >
          {t("telling.sameMessage")}
        </ButtonLink>
      </div>
      <Raw title={t("telling.sent")} text={laidOut(request.body)} none={t("telling.answerEmpty")} />
      <Raw
        title={t("telling.headers")}
        text={request.headers.map(({ name, value }) => `${name}: ${value}`).join("\n")}
      />
    </div>
  );
}

/** Whether the other side has the message by now. */
function whereItIs({ status, next_attempt_at }: WebhookAttempt["message"], t: TFunction): string {
  if (status === "delivered") return t("telling.message.delivered");
  if (status === "failed") return t("telling.message.failed");
  if (!next_attempt_at) return t("telling.message.pending");
  return t("telling.message.next", { at: dateAndTime(next_attempt_at) });
}
