import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { NotificationKind } from "@/api/model";
import { Section } from "@/ui/Section";
import { toastFailed } from "@/ui/toast";
import classes from "./Notifications.module.css";
import { preferencesQuery, useChangePreference } from "./queries";

const CHANNELS = ["in_app", "email"] as const;

/** Of what one is told, and by which ways. Each tick is saved at once. */
export function PreferencesSection() {
  const { t } = useTranslation();
  const { data } = useQuery(preferencesQuery);
  const change = useChangePreference();
  if (!data) return null;
  // Shows what was asked for while the server answers.
  const asked = (kind: NotificationKind) =>
    change.isPending && change.variables.kind === kind ? change.variables : undefined;
  return (
    <div id="notifications">
      <Section
        title={t("nav.notifications")}
        detail={t(data.mail ? "notifications.chooseDetail" : "notifications.chooseNoMail")}
      >
        <table className={classes.wishes}>
          <thead>
            <tr>
              <th scope="col">{t("notifications.kindLabel")}</th>
              {CHANNELS.map((channel) => (
                <th key={channel} scope="col">
                  {t(`notifications.channel.${channel}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.preferences.map((one) => (
              <tr key={one.kind}>
                <th scope="row">{t(`notifications.kind.${one.kind}`)}</th>
                {CHANNELS.map((channel) => (
                  <td key={channel}>
                    <Checkbox
                      aria-label={`${t(`notifications.kind.${one.kind}`)}: ${t(`notifications.channel.${channel}`)}`}
                      checked={asked(one.kind)?.[channel] ?? one[channel]}
                      disabled={one.fixed}
                      onChange={({ currentTarget: { checked } }) =>
                        change.mutate(
                          { kind: one.kind, [channel]: checked },
                          { onError: (error) => toastFailed(error) },
                        )
                      }
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
    </div>
  );
}
