import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { PenLine, RotateCw, Trash } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiKey, ApiKeyCall } from "@/api/model";
import { dateAndTime, precise } from "@/i18n/format";
import { Ago } from "@/ui/Ago";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Fact, Facts } from "@/ui/Facts";
import { FailedState } from "@/ui/FailedState";
import { SidePanel } from "@/ui/SidePanel";
import { toastDone, toastFailed } from "@/ui/toast";
import classes from "./KeyPanel.module.css";
import { KeyState } from "./KeyState";
import { apiKeyQuery, callsQuery, useChangeKey, useRevokeKey } from "./queries";
import { RotateDialog } from "./RotateDialog";
import { ShownOnce } from "./ShownOnce";
import { UsageChart } from "./UsageChart";

const KeyDialog = lazy(async () => ({ default: (await import("./KeyDialog")).KeyDialog }));
const route = getRouteApi("/frame/settings/api-keys/$keyId");

/** One key: what it may do, how it is used, and what can be done with it. */
export function KeyPanel() {
  const { t } = useTranslation();
  const { keyId } = route.useParams();
  const navigate = route.useNavigate();
  const key = useQuery(apiKeyQuery(keyId));
  return (
    <SidePanel
      title={key.data?.name ?? t("apiKeys.title")}
      onClose={() => void navigate({ to: "/settings/api-keys" })}
      footer={key.data && key.data.state !== "revoked" && <Actions apiKey={key.data} />}
    >
      {key.error ? (
        <FailedState error={key.error} onRetry={() => void key.refetch()} />
      ) : !key.data ? (
        <div aria-busy="true">
          <Skeleton height={200} radius={12} />
        </div>
      ) : (
        <div className={classes.parts}>
          <Known apiKey={key.data} />
          <UsageChart id={keyId} />
          <Calls id={keyId} />
        </div>
      )}
    </SidePanel>
  );
}

function Known({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const { state, preview, created_by, created_at, expires_at, last_used_at, old_until } = apiKey;
  const anywhere = apiKey.allowed_ips.length === 0;
  return (
    <Facts>
      <Fact name={t("apiKeys.facts.state")}>
        <KeyState state={state} />
      </Fact>
      <Fact name={t("apiKeys.facts.preview")}>
        <code>{preview}</code>
      </Fact>
      <Fact name={t("apiKeys.facts.made")}>
        {t("apiKeys.facts.madeBy", { at: dateAndTime(created_at), name: created_by })}
      </Fact>
      <Fact name={t("apiKeys.expires")}>{expires_at ? dateAndTime(expires_at) : t("apiKeys.never")}</Fact>
      {old_until && Date.parse(old_until) > Date.now() && (
        <Fact name={t("apiKeys.facts.oldText")}>
          {t("apiKeys.facts.oldUntil", { at: dateAndTime(old_until) })}
        </Fact>
      )}
      <Fact name={t("apiKeys.facts.used")}>
        {last_used_at ? <Ago at={last_used_at} /> : t("apiKeys.neverUsed")}
      </Fact>
      <Fact name={t("apiKeys.rate")}>{apiKey.rate_per_minute}</Fact>
      <Fact name={t("apiKeys.networks")}>
        {anywhere ? t("apiKeys.facts.anywhere") : apiKey.allowed_ips.join(", ")}
      </Fact>
      <Fact name={t("apiKeys.may")}>
        <ul className={classes.scopes}>
          {apiKey.scopes.map((scope) => (
            <li key={scope}>{t(`apiKeys.scope.${scope}`)}</li>
          ))}
        </ul>
      </Fact>
    </Facts>
  );
}

function Calls({ id }: { id: string }) {
  const { t } = useTranslation();
  const calls = useInfiniteQuery(callsQuery(id));
  const items = calls.data?.pages.flatMap((page) => page.items);
  return (
    // Of a key that is revoked nothing can be pressed, and still the panel has to be scrolled by the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by the keyboard
    <section aria-label={t("apiKeys.log.title")} tabIndex={0}>
      <h3 className={classes.heading}>{t("apiKeys.log.title")}</h3>
      {calls.error ? (
        <FailedState error={calls.error} onRetry={() => void calls.refetch()} />
      ) : !items ? (
        <div aria-busy="true">
          <Skeleton height={80} radius={12} />
        </div>
      ) : items.length === 0 ? (
        <p className={classes.none}>{t("apiKeys.log.none")}</p>
      ) : (
        <ol className={classes.calls}>
          {items.map((call) => (
            <Call key={call.id} call={call} />
          ))}
        </ol>
      )}
      {calls.hasNextPage && (
        <Button
          size="xs"
          variant="subtle"
          loading={calls.isFetchingNextPage}
          onClick={() => void calls.fetchNextPage()}
        >
          {t("apiKeys.log.older")}
        </Button>
      )}
    </section>
  );
}

function Call({ call: { at, method, route: address, status, took_ms } }: { call: ApiKeyCall }) {
  const { t } = useTranslation();
  return (
    <li className={classes.call} data-refused={status >= 400 || undefined}>
      <code className={classes.address}>
        {method} {address}
      </code>
      <span>{status}</span>
      <span className={classes.quiet}>{t("apiKeys.log.took", { ms: Math.max(1, Math.round(took_ms)) })}</span>
      <time className={classes.quiet} dateTime={at}>
        {precise(at)}
      </time>
    </li>
  );
}

function Actions({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<"change" | "rotate" | "revoke" | null>(null);
  const [text, setText] = useState<string | null>(null);
  const change = useChangeKey(apiKey.id);
  const revoke = useRevokeKey(apiKey.id);
  const close = () => setOpen(null);
  return (
    <>
      <Button
        leftSection={<PenLine size={14} aria-hidden="true" />}
        onClick={() => {
          change.reset();
          setOpen("change");
        }}
      >
        {t("apiKeys.change")}
      </Button>
      <Button leftSection={<RotateCw size={14} aria-hidden="true" />} onClick={() => setOpen("rotate")}>
        {t("apiKeys.rotate.action")}
      </Button>
      <Button
        variant="danger"
        leftSection={<Trash size={14} aria-hidden="true" />}
        onClick={() => setOpen("revoke")}
      >
        {t("apiKeys.revoke.action")}
      </Button>
      <Suspense>
        {open === "change" && (
          <KeyDialog
            title={t("apiKeys.changeTitle", { name: apiKey.name })}
            confirm={t("common.save")}
            apiKey={apiKey}
            pending={change.isPending}
            error={change.error}
            onClose={close}
            onSave={(key) =>
              change.mutate(key, {
                onSuccess: ({ name }) => {
                  close();
                  toastDone(t("apiKeys.changed", { name }));
                },
              })
            }
          />
        )}
      </Suspense>
      {open === "rotate" && (
        <RotateDialog
          apiKey={apiKey}
          onClose={close}
          onRotated={(rotated) => {
            close();
            setText(rotated);
          }}
        />
      )}
      <ConfirmDialog
        opened={open === "revoke"}
        onClose={close}
        destructive
        title={t("apiKeys.revoke.title", { name: apiKey.name })}
        confirm={t("apiKeys.revoke.action")}
        pending={revoke.isPending}
        onConfirm={() =>
          revoke.mutate(undefined, {
            onSuccess: () => {
              close();
              toastDone(t("apiKeys.revoke.done", { name: apiKey.name }));
            },
            onError: (error) => toastFailed(error),
          })
        }
      >
        {t("apiKeys.revoke.detail")}
      </ConfirmDialog>
      {text !== null && <ShownOnce text={text} onClose={() => setText(null)} />}
    </>
  );
}
