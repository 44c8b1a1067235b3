import { Check, CircleAlert, Minus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Connection, Platform } from "@/api/model";
import { inOurWords } from "@/i18n/server-words";
import { Badge } from "@/ui/Badge";
import classes from "./ConnectionPanel.module.css";

/** What was granted against what is needed, each with its reason. */
export function Permissions({ connection, platform }: { connection: Connection; platform: Platform }) {
  const { t } = useTranslation();
  const { permissions } = connection;
  if (permissions.length === 0) {
    return <p className={classes.lead}>{t("connections.permissions.none", { name: platform.name })}</p>;
  }
  return (
    <section aria-label={t("connections.tabs.permissions")}>
      <p className={classes.lead}>{t("connections.permissions.lead", { name: platform.name })}</p>
      <ul className={classes.scopes}>
        {permissions.map(({ name, why, required, granted }) => (
          <li key={name}>
            <div>
              <p>
                <code>{name}</code>
              </p>
              <p>{inOurWords(why) || t("connections.drawer.notAsked")}</p>
              {required && !granted && (
                <p className={classes.missing}>{t("connections.drawer.missingHelp")}</p>
              )}
            </div>
            {granted ? (
              <Badge tone="good" icon={<Check size={13} aria-hidden="true" />}>
                {t("connections.drawer.granted")}
              </Badge>
            ) : required ? (
              <Badge tone="bad" icon={<CircleAlert size={13} aria-hidden="true" />}>
                {t("connections.drawer.missing")}
              </Badge>
            ) : (
              <Badge tone="quiet" icon={<Minus size={13} aria-hidden="true" />}>
                {t("connections.permissions.optional")}
              </Badge>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
