import { ActionIcon } from "@mantine/core";
import { ArrowRight, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/ui/links";
import { toastFailed, toastUndo } from "@/ui/toast";
import { STEPS, useSetupProgress } from "./progress";
import { useRememberFirstRun } from "./queries";
import classes from "./ResumeSetup.module.css";
import { SetupSteps } from "./SetupSteps";

/** On Home: what is left of the first run, until it is done or nobody wants to be reminded. */
export function ResumeSetup() {
  const { t } = useTranslation();
  const { progress } = useSetupProgress();
  const remember = useRememberFirstRun();
  if (!progress?.next || progress.dismissed) return null;

  const dismiss = () =>
    remember.mutate(
      { dismissed: true },
      {
        onSuccess: () =>
          toastUndo(
            t("setup.dismissed"),
            () => remember.mutateAsync({ dismissed: false }),
            t("setup.isBack"),
          ),
        onError: (error) => toastFailed(error),
      },
    );
  return (
    <section className={classes.card} aria-label={t("home.setUpTitle")}>
      <div>
        <h2>{t("home.setUpTitle")}</h2>
        <p>{t("home.setUpDetail", { count: STEPS.length - progress.done.length })}</p>
        <SetupSteps current={progress.next} done={progress.done} />
      </div>
      <div className={classes.actions}>
        <ButtonLink
          variant="filled"
          to="/setup"
          search={{}}
          rightSection={<ArrowRight size={15} aria-hidden="true" />}
        >
          {t("home.setUpGo")}
        </ButtonLink>
        <ActionIcon
          data-tip={t("setup.dismiss")}
          aria-label={t("setup.dismiss")}
          loading={remember.isPending}
          onClick={dismiss}
        >
          <X size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
    </section>
  );
}
