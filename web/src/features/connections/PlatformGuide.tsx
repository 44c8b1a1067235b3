import { ExternalLink } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Platform } from "@/api/model";
import { CopyField } from "@/ui/CopyField";
import { Notice } from "@/ui/Notice";
import { Dialog } from "@/ui/over/Dialog";
import { PlatformTile } from "@/ui/PlatformTile";
import classes from "./PlatformGuide.module.css";

/** How whoever runs the installation gets credentials for a platform, step by step, with everything to copy. */
export function PlatformGuide({ platform, onClose }: { platform: Platform; onClose: () => void }) {
  const { t } = useTranslation();
  const { name, variables, setup_steps: steps } = platform;
  const lines = variables.map((variable) => `${variable}=`).join("\n");
  return (
    <Dialog
      onClose={onClose}
      size={560}
      title={
        <span className={classes.title}>
          <PlatformTile platform={platform.id} size={20} />
          {t("connections.guide.title", { name })}
        </span>
      }
    >
      <div className={classes.guide}>
        {platform.sandbox && (
          <Notice tone="info" title={t("connections.guide.pretend", { name })}>
            {t("connections.guide.pretendDetail")}
          </Notice>
        )}
        {variables.length === 0 ? (
          <p className={classes.detail}>{t("connections.guide.nothing", { name })}</p>
        ) : (
          <>
            <p className={classes.detail}>{t("connections.guide.lead", { name })}</p>
            <ol className={classes.steps}>
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
              <li>
                {t("connections.guide.callback", { name })}
                <CopyField label={t("connections.guide.callbackLabel")} value={platform.callback_url} />
              </li>
              <li>
                {t("connections.guide.variables")}
                <div className={classes.variables}>
                  {variables.map((variable) => (
                    <CopyField key={variable} value={variable} />
                  ))}
                </div>
                {variables.length > 1 && <CopyField label={t("connections.guide.allLines")} value={lines} />}
              </li>
              <li>{t("connections.guide.restart")}</li>
            </ol>
          </>
        )}
        <a href={platform.documentation_url} target="_blank" rel="noreferrer" className={classes.link}>
          {t("connections.guide.docs", { name })}
          <ExternalLink size={13} aria-hidden="true" />
        </a>
      </div>
    </Dialog>
  );
}
