import { Button } from "@mantine/core";
import { ShieldCheck, ShieldOff } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "@/api/model";
import { dateAndTime } from "@/i18n/format";
import { Badge } from "@/ui/Badge";
import { Notice } from "@/ui/Notice";
import { actions, Section } from "@/ui/Section";
import { toastDone, toastFailed } from "@/ui/toast";
import { isAgain, ProofDialog } from "./ProofDialog";
import { useBeginTwoFactor } from "./queries";

// What opens over the page is loaded when it is opened.
const EndDialog = lazy(async () => ({ default: (await import("./EndDialog")).EndDialog }));
const NewCodesDialog = lazy(async () => ({ default: (await import("./NewCodesDialog")).NewCodesDialog }));
const SetUpDialog = lazy(async () => ({ default: (await import("./SetUpDialog")).SetUpDialog }));

/** Fewer codes than this may not last. */
const FEW = 3;

/** The second step of logging in: its state, and what can be done about it. */
export function TwoFactor({ state, hasPassword }: { state: Account["two_factor"]; hasPassword: boolean }) {
  const { t } = useTranslation();
  const begin = useBeginTwoFactor();
  const [open, setOpen] = useState<"prove" | "set up" | "codes" | "end" | null>(null);
  const close = () => setOpen(null);
  const { enabled, enabled_at, backup_codes_left: left } = state;
  return (
    <Section
      title={t("security.title")}
      detail={
        enabled && enabled_at ? t("security.since", { at: dateAndTime(enabled_at) }) : t("security.detail")
      }
      badge={
        enabled ? (
          <Badge tone="good" icon={<ShieldCheck size={13} aria-hidden="true" />}>
            {t("security.on")}
          </Badge>
        ) : (
          <Badge tone="quiet" icon={<ShieldOff size={13} aria-hidden="true" />}>
            {t("security.off")}
          </Badge>
        )
      }
    >
      {enabled ? (
        <>
          {left < FEW ? (
            <Notice tone="warn" title={t("security.left", { count: left })}>
              {t("security.few")}
            </Notice>
          ) : (
            <p>{t("security.left", { count: left })}</p>
          )}
          <div className={actions}>
            <Button onClick={() => setOpen("codes")}>{t("security.newCodes")}</Button>
            <Button variant="danger" onClick={() => setOpen("end")}>
              {t("security.end.action")}
            </Button>
          </div>
        </>
      ) : (
        <div className={actions}>
          <Button
            variant="filled"
            loading={begin.isPending}
            onClick={() =>
              begin.mutate(undefined, {
                onSuccess: () => setOpen("set up"),
                onError: (error) => (isAgain(error) ? setOpen("prove") : toastFailed(error)),
              })
            }
          >
            {t("security.setUp.action")}
          </Button>
        </div>
      )}
      {open === "prove" && (
        <ProofDialog
          title={t("security.setUp.title")}
          confirm={t("security.setUp.action")}
          hasPassword={hasPassword}
          pending={begin.isPending}
          error={begin.error}
          onConfirm={(password) => begin.mutate(password, { onSuccess: () => setOpen("set up") })}
          onClose={close}
        >
          <p>{t("security.detail")}</p>
        </ProofDialog>
      )}
      <Suspense>
        {open === "set up" && begin.data && <SetUpDialog setup={begin.data} onClose={close} />}
        {open === "codes" && <NewCodesDialog onClose={close} />}
        {open === "end" && (
          <EndDialog
            hasPassword={hasPassword}
            onClose={close}
            onDone={() => {
              close();
              toastDone(t("security.end.done"));
            }}
          />
        )}
      </Suspense>
    </Section>
  );
}
