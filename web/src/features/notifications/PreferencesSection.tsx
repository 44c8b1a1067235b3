import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { NotificationKind } from "@/api/model";
import { useSession } from "@/features/account/session";
import { Section } from "@/ui/Section";
import { toastFailed } from "@/ui/toast";
import classes from "./Notifications.module.css";
import { preferencesQuery, useChangePreference } from "./queries";

const CHANNELS = ["in_app", "email"] as const;

/** Of what one is told, and by which ways. Each tick is saved at once. */
export function PreferencesSection() {
  const { t } = useTranslation();
  const { user } = useSession();
  const { data } = useQuery(preferencesQuery);
  const { mutateAsync } = useChangePreference();
  // What was asked for shows at once, and until the server refuses it.
  const [asked, setAsked] = useState<Record<string, boolean | undefined>>({});
  if (!data) return null;
  // Only whoever runs the installation is told of what belongs to no workspace.
  const kinds = data.preferences.filter(({ kind }) => user.is_admin || kind !== "events_unclaimed");
  const change = async (kind: NotificationKind, channel: (typeof CHANNELS)[number], wanted: boolean) => {
    setAsked((before) => ({ ...before, [kind + channel]: wanted }));
    try {
      await mutateAsync({ kind, [channel]: wanted });
    } catch (error) {
      setAsked((before) => ({ ...before, [kind + channel]: undefined }));
      toastFailed(error);
    }
  };
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
            {kinds.map((one) => (
              <tr key={one.kind}>
                <th scope="row">{t(`notifications.kind.${one.kind}`)}</th>
                {CHANNELS.map((channel) => (
                  <td key={channel}>
                    <Checkbox
                      aria-label={`${t(`notifications.kind.${one.kind}`)}: ${t(`notifications.channel.${channel}`)}`}
                      checked={asked[one.kind + channel] ?? one[channel]}
                      disabled={one.fixed}
                      onChange={({ currentTarget: { checked } }) => void change(one.kind, channel, checked)}
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
