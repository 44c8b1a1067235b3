import { useTranslation } from "react-i18next";
import { SidePanel } from "@/ui/SidePanel";
import classes from "./HelpPanel.module.css";
import type { HelpTopic } from "./topics";

/** What the page is for and what to do on it first. */
export function HelpPanel({ topic, onClose }: { topic: HelpTopic; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SidePanel title={t("help.title", { page: t(`help.${topic}.title`) })} onClose={onClose}>
      <p className={classes.purpose}>{t(`help.${topic}.purpose`)}</p>
      <h3 className={classes.heading}>{t("help.todo")}</h3>
      <ol className={classes.steps}>
        {(["first", "second", "third"] as const).map((step) => (
          <li key={step}>{t(`help.${topic}.${step}`)}</li>
        ))}
      </ol>
      <p className={classes.keys}>{t("help.keys")}</p>
    </SidePanel>
  );
}
