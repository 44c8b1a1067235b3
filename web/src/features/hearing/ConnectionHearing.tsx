import { useTranslation } from "react-i18next";
import classes from "./ChannelHearing.module.css";
import { ChannelHearings } from "./ChannelHearings";

/** How the channels of one account are heard, and what that means. */
export function ConnectionHearing({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation();
  return (
    <>
      <p className={classes.quiet}>{t("listening.lead")}</p>
      <ChannelHearings connectionId={connectionId} />
    </>
  );
}
