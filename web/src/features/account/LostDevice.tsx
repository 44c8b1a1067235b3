import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { dateAndTime } from "@/i18n/format";
import { Notice } from "@/ui/Notice";
import { Refusal } from "@/ui/Refusal";
import classes from "./AuthCard.module.css";
import { useRecovery } from "./session";

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
  const back = <Button onClick={onBack}>{t("auth.second.back")}</Button>;
  if (recover.data)
    return (
      <div className={classes.form}>
        <Notice tone="good" live title={t("auth.recover.sent")}>
          {t("auth.recover.sentDetail", { at: dateAndTime(recover.data.available_at) })}
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
            <li>{t("auth.recover.first")}</li>
            <li>{t("auth.recover.second")}</li>
            <li>{t("auth.recover.third")}</li>
          </ol>
          <Button
            variant="filled"
            size="md"
            fullWidth
            loading={recover.isPending}
            onClick={() => recover.mutate(ticket)}
          >
            {t("auth.recover.send")}
          </Button>
        </>
      ) : (
        <Notice tone="info" title={t("auth.recover.noMail")}>
          {t("auth.recover.noMailDetail")}
        </Notice>
      )}
      {back}
    </div>
  );
}
