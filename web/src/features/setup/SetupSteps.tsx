import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import { STEPS, type Step } from "./progress";
import classes from "./SetupSteps.module.css";

/** How far the first run has come. */
export function SetupSteps({ current, done }: { current: Step | null; done: readonly Step[] }) {
  const { t } = useTranslation();
  return (
    <ol className={classes.steps} aria-label={t("setup.steps.label")}>
      {STEPS.map((step, index) => {
        const state = step === current ? "current" : done.includes(step) ? "done" : "open";
        return (
          <li
            key={step}
            className={classes.step}
            data-state={state}
            aria-current={state === "current" ? "step" : undefined}
          >
            <span className={classes.dot}>
              {state === "done" ? (
                <Check size={13} role="img" aria-label={t("setup.steps.done")} />
              ) : (
                index + 1
              )}
            </span>
            {t(`setup.steps.${step}`)}
          </li>
        );
      })}
    </ol>
  );
}
