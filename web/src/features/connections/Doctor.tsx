import { Button, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, ExternalLink, RefreshCw, Stethoscope, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CheckFinding, Connection, ConnectionCheck, Platform } from "@/api/model";
import { useCatchUp, useRepair } from "@/features/hearing/health-queries";
import { inOurWords } from "@/i18n/server-words";
import { Ago } from "@/ui/Ago";
import { Badge, type Tone } from "@/ui/Badge";
import { FailedState } from "@/ui/FailedState";
import { toastDone, toastFailed } from "@/ui/toast";
import classes from "./Doctor.module.css";
import {
  latestCheckQuery,
  useCheckConnection,
  useRefreshConnection,
  useSyncConnection,
} from "./doctor-queries";
import { useChangeChannel } from "./queries";

const FACES = {
  ok: { icon: CircleCheck, tone: "good" },
  warning: { icon: TriangleAlert, tone: "warn" },
  failed: { icon: CircleAlert, tone: "bad" },
} as const satisfies Record<string, { icon: typeof CircleCheck; tone: Tone }>;

type Health = keyof typeof FACES;
const healthOf = (state: string): Health => (Object.hasOwn(FACES, state) ? (state as Health) : "failed");

const TITLED = ["credentials", "access", "permissions", "expiry", "rate_limit", "public_address"] as const;
type Titled = (typeof TITLED)[number];
const isTitled = (code: string): code is Titled => TITLED.some((each) => each === code);

export function HealthBadge({ state }: { state: string }) {
  const { t } = useTranslation();
  const { icon: Icon, tone } = FACES[healthOf(state)];
  return (
    <Badge tone={tone} icon={<Icon size={13} aria-hidden="true" />}>
      {t(`connections.doctor.state.${healthOf(state)}`)}
    </Badge>
  );
}

interface DoctorProps {
  connection: Connection;
  platform: Platform;
  onReconnect: () => void;
}

/** Looks at everything that must hold before a post can go out, says what does not, and mends it. */
export function Doctor({ connection, platform, onReconnect }: DoctorProps) {
  const { t } = useTranslation();
  const check = useCheckConnection();
  const sync = useSyncConnection();
  const latest = useQuery({
    ...latestCheckQuery(connection.id),
    // What is found so far shows while the answer is waited for.
    ...(check.isPending ? { refetchInterval: 300 } : {}),
  });
  const shown = latest.data;
  const running = check.isPending || (shown ? !shown.finished_at : false);
  const checkNow = () => check.mutate(connection.id, { onError: (error) => toastFailed(error) });
  const syncNow = () =>
    sync.mutate(connection.id, {
      onSuccess: ({ name }) => toastDone(t("connections.doctor.synced", { name })),
      onError: (error) => toastFailed(error),
    });

  return (
    <section className={classes.doctor} aria-label={t("connections.doctor.title")}>
      <header className={classes.head}>
        <h3 className={classes.heading}>{t("connections.doctor.title")}</h3>
        <Button
          size="xs"
          leftSection={<RefreshCw size={13} aria-hidden="true" />}
          loading={sync.isPending}
          disabled={running}
          onClick={syncNow}
        >
          {t("connections.doctor.sync")}
        </Button>
        <Button
          size="xs"
          leftSection={<Stethoscope size={13} aria-hidden="true" />}
          loading={running}
          onClick={checkNow}
        >
          {t("connections.drawer.check")}
        </Button>
      </header>
      {latest.error ? (
        <FailedState error={latest.error} onRetry={() => void latest.refetch()} />
      ) : (
        <>
          <p className={classes.when} role="status">
            <When check={shown} running={running} />
          </p>
          <Findings
            check={shown}
            running={running}
            connection={connection}
            platform={platform}
            onReconnect={onReconnect}
            onMended={checkNow}
          />
        </>
      )}
    </section>
  );
}

function When({ check, running }: { check: ConnectionCheck | null | undefined; running: boolean }) {
  const { t } = useTranslation();
  if (running) return t("connections.doctor.running");
  if (!check?.finished_at) return t("connections.doctor.never");
  const wrong = check.checks.filter(({ state }) => state !== "ok").length;
  return (
    <>
      {wrong === 0 ? t("connections.doctor.healthy") : t("connections.doctor.wrong", { count: wrong })}{" "}
      <Ago at={check.finished_at} />
    </>
  );
}

interface FindingsProps extends DoctorProps {
  check: ConnectionCheck | null | undefined;
  running: boolean;
  onMended: () => void;
}

function Findings({ check, running, onMended, ...of }: FindingsProps) {
  const { t } = useTranslation();
  // The look before is not this one's result.
  const found = running && check?.finished_at ? [] : (check?.checks ?? []);
  if (found.length === 0 && !running) return null;
  return (
    <ul className={classes.findings}>
      {found.map((finding) => (
        <FindingRow
          key={`${finding.code} ${finding.channel_id ?? ""}`}
          finding={finding}
          onMended={onMended}
          busy={running}
          {...of}
        />
      ))}
      {running && (
        <li className={classes.finding}>
          <Loader size={16} aria-hidden="true" />
          <p className={classes.looking}>{t("connections.doctor.looking")}</p>
        </li>
      )}
    </ul>
  );
}

function FindingRow({
  finding,
  ...of
}: DoctorProps & { finding: CheckFinding; busy: boolean; onMended: () => void }) {
  const { t } = useTranslation();
  const { icon: Icon } = FACES[healthOf(finding.state)];
  const { code, title } = finding;
  const words =
    code === "hearing"
      ? t("connections.doctor.check.hearing", { channel: title })
      : isTitled(code)
        ? t(`connections.doctor.check.${code}`, { name: of.platform.name })
        : title;
  return (
    <li className={classes.finding} data-state={healthOf(finding.state)}>
      <Icon size={16} aria-hidden="true" />
      <div className={classes.words}>
        <p className={classes.title}>
          {words}
          <span className={classes.state}>{t(`connections.doctor.state.${healthOf(finding.state)}`)}</span>
        </p>
        <p className={classes.detail}>{inOurWords(finding.detail)}</p>
      </div>
      <RepairButton finding={finding} {...of} />
    </li>
  );
}

/** What mends it, by one press; afterwards everything is looked at again. */
function RepairButton({
  finding: { repair, channel_id, title, state },
  connection,
  platform,
  busy,
  onReconnect,
  onMended,
}: DoctorProps & { finding: CheckFinding; busy: boolean; onMended: () => void }) {
  const { t } = useTranslation();
  const refresh = useRefreshConnection();
  const change = useChangeChannel();
  const subscribe = useRepair();
  const catchUp = useCatchUp();
  const after = { onSuccess: onMended, onError: (error: unknown) => toastFailed(error) };
  const variant = state === "failed" ? "filled" : "default";

  if (repair === "refresh") {
    return (
      <Button
        size="xs"
        variant={variant}
        loading={refresh.isPending}
        disabled={busy}
        onClick={() => refresh.mutate(connection.id, after)}
      >
        {t("connections.doctor.repair.refresh")}
      </Button>
    );
  }
  if (repair === "reconnect") {
    return (
      <Button size="xs" variant={variant} disabled={busy} onClick={onReconnect}>
        {t("connections.doctor.repair.reconnect")}
      </Button>
    );
  }
  if (repair === "enable_channel" && channel_id) {
    return (
      <Button
        size="xs"
        variant={variant}
        loading={change.isPending}
        disabled={busy}
        aria-label={t("connections.doctor.repair.enableNamed", { name: title })}
        onClick={() => change.mutate({ id: channel_id, change: { enabled: true, paused: false } }, after)}
      >
        {t("connections.doctor.repair.enable")}
      </Button>
    );
  }
  if (repair === "subscribe" && channel_id) {
    return (
      <Button
        size="xs"
        variant={variant}
        loading={subscribe.isPending}
        disabled={busy}
        aria-label={t("connections.doctor.repair.subscribeNamed", { name: title })}
        onClick={() => subscribe.mutate(channel_id, after)}
      >
        {t("connections.doctor.repair.subscribe")}
      </Button>
    );
  }
  if (repair === "catch_up" && channel_id) {
    return (
      <Button
        size="xs"
        variant={variant}
        loading={catchUp.isPending}
        disabled={busy}
        aria-label={t("connections.doctor.repair.catchUpNamed", { name: title })}
        onClick={() => catchUp.mutate(channel_id, after)}
      >
        {t("connections.doctor.repair.catchUp")}
      </Button>
    );
  }
  if (repair === "documentation") {
    return (
      <Button
        component="a"
        size="xs"
        href={platform.documentation_url}
        target="_blank"
        rel="noreferrer"
        rightSection={<ExternalLink size={13} aria-hidden="true" />}
      >
        {t("connections.doctor.repair.documentation")}
      </Button>
    );
  }
  return null;
}
