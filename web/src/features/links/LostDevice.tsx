import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "@/features/account/AuthCard.module.css";
import { useRecovery } from "@/features/account/session";
import { dateAndTime } from "@/i18n/format";
import { Notice } from "@/ui/Notice";
import { Refusal } from "@/ui/Refusal";

interface LostDeviceProps {
  ticket: string;
  /** The installation can send mail. */
  mail: boolean;
  onBack: () => void;
}

/** The way in without the device: by mail, and not before a day has passed in which the owner can stop it. */
export function LostDevice({ ticket, mail, onBack }: LostDeviceProps) {
  const { t } = useTranslation();
  const recover = useRecovery();
  const back = <Button onClick={onBack}>{t("links.second.back")}</Button>;
  if (recover.data)
    return (
      <div className={classes.form}>
        <Notice tone="good" live title={t("links.lost.sent")}>
          {t("links.lost.sentDetail", { at: dateAndTime(recover.data.available_at) })}
        </Notice>
        {back}
      </div>
    );
  return (
    <div className={classes.form}>
      {recover.error && <Refusal error={recover.error} />}
      {mail ? (
        <>
          <ol className={classes.steps}>
            <li>{t("links.lost.first")}</li>
            <li>{t("links.lost.second")}</li>
            <li>{t("links.lost.third")}</li>
          </ol>
          <Button
            variant="filled"
            size="md"
            fullWidth
            loading={recover.isPending}
            onClick={() => recover.mutate(ticket)}
          >
            {t("links.lost.send")}
          </Button>
        </>
      ) : (
        <Notice tone="info" title={t("links.lost.noMail")}>
          {t("links.lost.noMailDetail")}
        </Notice>
      )}
      {back}
    </div>
  );
}
