import { Button, Checkbox } from "@mantine/core";
import { History, RefreshCw, Wrench } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CatchUp, ChannelHearing as Hearing } from "@/api/model";
import { i18next } from "@/i18n";
import { count, percent } from "@/i18n/format";
import { inOurWords } from "@/i18n/server-words";
import { Ago } from "@/ui/Ago";
import { Badge, type Tone } from "@/ui/Badge";
import { Notice } from "@/ui/Notice";
import { PlatformTile } from "@/ui/PlatformTile";
import { toastDone, toastFailed } from "@/ui/toast";
import classes from "./ChannelHearing.module.css";
import { useCatchUp, useChooseFields, useRepair, useVerify } from "./health-queries";

const TONES = {
  told: "good",
  differs: "warn",
  off: "quiet",
  unknown: "quiet",
  failed: "bad",
} as const satisfies Record<string, Tone>;
type State = keyof typeof TONES;
const stateOf = (word: string): State => (Object.hasOwn(TONES, word) ? (word as State) : "unknown");

interface ChannelHearingProps {
  hearing: Hearing;
  /** The person may change what is told. */
  manages: boolean;
}

/** How one channel is heard: what is told of it, when something last was, and what mends it. */
export function ChannelHearing({ hearing, manages }: ChannelHearingProps) {
  const { t } = useTranslation();
  const { name, platform, subscription, silent, catch_up } = hearing;
  const state = stateOf(subscription.state);
  return (
    <li className={classes.channel} aria-label={name}>
      <p className={classes.head}>
        <PlatformTile platform={platform} size={20} />
        <strong className={classes.name}>{name}</strong>
        <Badge tone={TONES[state]}>{t(`listening.state.${state}`)}</Badge>
      </p>
      <p className={classes.quiet}>
        <Heard hearing={hearing} />
      </p>
      {subscription.error && (
        <Notice tone="bad" title={t("listening.refused")}>
          {inOurWords(subscription.error.detail)}
        </Notice>
      )}
      {silent && (
        <Notice tone="warn" title={t("listening.silent")}>
          {t("listening.silentDetail")}
        </Notice>
      )}
      {subscription.chosen_in_application && <p className={classes.quiet}>{t("listening.byApplication")}</p>}
      <Fields hearing={hearing} manages={manages} />
      {catch_up && <Read catchUp={catch_up} />}
      {manages && <Buttons hearing={hearing} />}
    </li>
  );
}

function Heard({ hearing: { last_heard_at, received_24h, failed_24h, subscription } }: { hearing: Hearing }) {
  const { t } = useTranslation();
  return (
    <>
      {last_heard_at ? (
        <>
          {t("listening.lastHeard")} <Ago at={last_heard_at} />
        </>
      ) : (
        t("listening.neverHeard")
      )}
      {received_24h > 0 &&
        ` · ${t("listening.day", {
          count: received_24h,
          events: count(received_24h),
          failed: percent(failed_24h, received_24h),
        })}`}
      {subscription.verified_at && (
        <>
          {" · "}
          {t("listening.verified")} <Ago at={subscription.verified_at} />
        </>
      )}
    </>
  );
}

/** In words where there are some, and by the platform's own name where not. */
function fieldWords(name: string): string {
  const key = `listening.field.${name}`;
  return i18next.exists(key) ? i18next.t(key as "listening.field.feed") : name;
}

function Fields({ hearing, manages }: ChannelHearingProps) {
  const { t } = useTranslation();
  const choose = useChooseFields();
  const { channel_id: id, name, subscription } = hearing;
  // Shows what was asked for while the platform answers.
  const asked = choose.isPending ? choose.variables.fields : undefined;
  const isWanted = (field: { name: string; wanted: boolean }) => asked?.includes(field.name) ?? field.wanted;
  const change = (field: string, on: boolean) => {
    const others = subscription.fields.filter((each) => each.wanted && each.name !== field);
    const fields = [...others.map((each) => each.name), ...(on ? [field] : [])];
    choose.mutate(
      { id, fields },
      {
        onSuccess: ({ error }) => !error && toastDone(t("listening.chosen", { name })),
        onError: (error) => toastFailed(error),
      },
    );
  };
  return (
    <details className={classes.fields}>
      <summary>
        {t("listening.fields", { count: subscription.fields.filter(({ wanted }) => wanted).length })}
      </summary>
      <ul>
        {subscription.fields.map((field) => (
          <li key={field.name}>
            <Checkbox
              label={fieldWords(field.name)}
              description={<FieldState field={field} />}
              checked={isWanted(field)}
              disabled={!manages || choose.isPending}
              onChange={(event) => change(field.name, event.currentTarget.checked)}
            />
          </li>
        ))}
      </ul>
    </details>
  );
}

function FieldState({ field }: { field: Hearing["subscription"]["fields"][number] }) {
  const { t } = useTranslation();
  const { name, wanted, told, missing_scope } = field;
  const words = [name];
  if (wanted && told === false) words.push(t("listening.notTold"));
  if (!wanted && told) words.push(t("listening.toldAnyway"));
  if (missing_scope) words.push(t("listening.needsScope", { scope: missing_scope }));
  return words.join(" · ");
}

/** What the latest reading of what was missed came to. */
function Read({ catchUp }: { catchUp: CatchUp }) {
  const { t } = useTranslation();
  const { state, added, posts, error, finished_at, cut } = catchUp;
  if (state === "failed")
    return (
      <Notice tone="bad" title={t("listening.catchUp.failed")}>
        {error && inOurWords(error.detail)}
      </Notice>
    );
  if (!finished_at)
    return (
      <p className={classes.quiet} role="status">
        {t("listening.catchUp.running", { count: posts })}
        {error && ` ${inOurWords(error.detail)}`}
      </p>
    );
  return (
    <p className={classes.quiet} role="status">
      {t("listening.catchUp.added", { count: added })} <Ago at={finished_at} />
      {cut && ` · ${t("listening.catchUp.cut")}`}
    </p>
  );
}

function Buttons({ hearing }: { hearing: Hearing }) {
  const { t } = useTranslation();
  const verify = useVerify();
  const repair = useRepair();
  const catchUp = useCatchUp();
  const { channel_id: id, name, subscription, can_catch_up, silent } = hearing;
  const after = (words: string) => ({
    onSuccess: ({ error }: { error: unknown }) => !error && toastDone(words),
    onError: (error: unknown) => toastFailed(error),
  });
  const isBroken = ["differs", "failed", "unknown"].includes(subscription.state);
  return (
    <div className={classes.buttons}>
      {isBroken && (
        <Button
          size="xs"
          variant="filled"
          leftSection={<Wrench size={13} aria-hidden="true" />}
          loading={repair.isPending}
          aria-label={t("listening.repairNamed", { name })}
          onClick={() => repair.mutate(id, after(t("listening.repaired", { name })))}
        >
          {t("listening.repair")}
        </Button>
      )}
      <Button
        size="xs"
        leftSection={<RefreshCw size={13} aria-hidden="true" />}
        loading={verify.isPending}
        aria-label={t("listening.verifyNamed", { name })}
        onClick={() => verify.mutate(id, after(t("listening.verifyDone", { name })))}
      >
        {t("listening.verify")}
      </Button>
      {can_catch_up && (
        <Button
          size="xs"
          variant={silent ? "filled" : "default"}
          leftSection={<History size={13} aria-hidden="true" />}
          loading={catchUp.isPending}
          aria-label={t("listening.catchUp.named", { name })}
          onClick={() => catchUp.mutate(id, after(t("listening.catchUp.begun", { name })))}
        >
          {t("listening.catchUp.action")}
        </Button>
      )}
    </div>
  );
}
