import { Button, CloseButton, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet } from "@tanstack/react-router";
import { CircleAlert, Folder, Plug, Stethoscope, Timer } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { Connection } from "@/api/model";
import { Badge } from "@/ui/Badge";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { toastDone, toastFailed } from "@/ui/toast";
import classes from "./ConnectionsPage.module.css";
import { ConsentRefusal } from "./ConsentRefusal";
import { useCheckConnection } from "./doctor-queries";
import { PlatformCard, PlatformCardSkeleton } from "./PlatformCard";
import { type Purpose, platformsFor, purposesOf } from "./purposes";
import { connectionsQuery, platformsQuery } from "./queries";
import { needsPerson } from "./status";
import { useConnect } from "./use-connect";

const ConnectedPanel = lazy(async () => ({ default: (await import("./ConnectedPanel")).ConnectedPanel }));
const PlatformGuide = lazy(async () => ({ default: (await import("./PlatformGuide")).PlatformGuide }));

const route = getRouteApi("/frame/connections");

/** Every platform, what it needs, and the accounts Fanfare may act for. */
export function ConnectionsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const platforms = useQuery(platformsQuery);
  const connections = useQuery(connectionsQuery);
  const flow = useConnect({
    returnTo: "/connections",
    onConnected: (connected) => void navigate({ to: "/connections", search: { for: search.for, connected } }),
  });

  const known = (connections.data ?? []).filter(({ status }) => status !== "disconnected");
  const stuck = known.filter(needsPerson).length;
  const ending = known.filter(({ status }) => status === "expiring").length;
  const guided = platforms.data?.find(({ id }) => id === search.guide);
  const clear = () => void navigate({ to: "/connections", search: { for: search.for }, replace: true });
  const choose = (purpose: Purpose | undefined) =>
    void navigate({ to: "/connections", search: { for: purpose } });
  const purposes = purposesOf(platforms.data ?? []);
  const shown = platformsFor(search.for, platforms.data ?? []);

  return (
    <>
      <PageHeader
        title={t("connections.title")}
        hint={t("connections.hint")}
        action={
          (known.length > 0 || connections.isPending) && (
            <div className={classes.actions} data-coming={connections.isPending || undefined}>
              <ButtonLink
                to="/connections/groups"
                search={{ for: search.for }}
                leftSection={<Folder size={15} aria-hidden="true" />}
              >
                {t("connections.groups.title")}
              </ButtonLink>
              <CheckAll connections={known} />
            </div>
          )
        }
      />
      <div className={classes.page}>
        {search.error && (
          <ConsentRefusal
            answer={search}
            platforms={platforms.data ?? []}
            action={<CloseButton onClick={clear} aria-label={t("common.close")} />}
          />
        )}
        {connections.data && (stuck + ending > 0 || purposes.length > 0) && (
          <div className={classes.summary}>
            {stuck > 0 && (
              <Badge tone="bad" icon={<CircleAlert size={13} aria-hidden="true" />}>
                {t("connections.needsYou", { count: stuck })}
              </Badge>
            )}
            {ending > 0 && (
              <Badge tone="warn" icon={<Timer size={13} aria-hidden="true" />}>
                {t("connections.endsSoon", { count: ending })}
              </Badge>
            )}
            {purposes.length > 0 && (
              <SegmentedControl
                className={classes.purposes}
                aria-label={t("connections.purposes.label")}
                value={search.for ?? "all"}
                onChange={(value) => choose(purposes.find((purpose) => purpose === value))}
                data={(["all", ...purposes] as const).map((value) => ({
                  value,
                  label: t(`connections.purposes.${value}`),
                }))}
              />
            )}
          </div>
        )}
        {platforms.error || connections.error ? (
          <FailedState
            error={platforms.error ?? connections.error}
            onRetry={() => void Promise.all([platforms.refetch(), connections.refetch()])}
          />
        ) : !platforms.data || !connections.data ? (
          <div key="coming" className={classes.grid} aria-busy="true">
            {["a", "b", "c", "d"].map((key) => (
              <PlatformCardSkeleton key={key} />
            ))}
          </div>
        ) : shown.length === 0 ? (
          <EmptyState
            icon={<Plug size={20} aria-hidden="true" />}
            title={t("connections.purposes.none")}
            detail={t("connections.purposes.noneDetail")}
            action={<Button onClick={() => choose(undefined)}>{t("connections.purposes.showAll")}</Button>}
          />
        ) : (
          <div className={classes.grid}>
            {shown.map((platform) => (
              <PlatformCard
                key={platform.id}
                platform={platform}
                connections={known.filter((connection) => connection.platform === platform.id)}
                onConnect={flow.connect}
                onReconnect={flow.reconnect}
                onGuide={({ id }) =>
                  void navigate({ to: "/connections", search: { for: search.for, guide: id } })
                }
                leaving={flow.leavingFor === platform.id}
              />
            ))}
          </div>
        )}
      </div>
      {flow.dialog}
      <Suspense>
        {guided && <PlatformGuide platform={guided} onClose={clear} />}
        {search.connected && <ConnectedPanel connectionId={search.connected} onClose={clear} />}
      </Suspense>
      <Outlet />
    </>
  );
}

function CheckAll({ connections }: { connections: Connection[] }) {
  const { t } = useTranslation();
  const check = useCheckConnection();
  const checkAll = async () => {
    const answers = await Promise.allSettled(connections.map(({ id }) => check.mutateAsync(id)));
    const failed = answers.filter((answer) => answer.status === "rejected");
    const wrong = answers.filter((answer) => answer.status === "fulfilled" && answer.value.state !== "ok");
    if (failed[0]) toastFailed(failed[0].reason, t("connections.checkedSome", { count: failed.length }));
    else if (wrong.length > 0) toastDone(t("connections.checkedWrong", { count: wrong.length }));
    else toastDone(t("connections.checkedAll"));
  };
  return (
    <Button
      leftSection={<Stethoscope size={15} aria-hidden="true" />}
      loading={check.isPending}
      onClick={() => void checkAll()}
    >
      {t("connections.checkAll")}
    </Button>
  );
}
