import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { InvitationWithLink } from "@/api/model";
import { dateAndTime } from "@/i18n/format";
import dialog from "@/ui/ConfirmDialog.module.css";
import { CopyField } from "@/ui/CopyField";
import { Notice } from "@/ui/Notice";
import { Dialog } from "@/ui/over/Dialog";
import classes from "./Members.module.css";

/** The link of an invitation, which is shown this once, and whether it went out by mail. */
export function InvitedDialog({
  invitation,
  onClose,
}: {
  invitation: InvitationWithLink;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { email, mailed, link, expires_at } = invitation;
  return (
    <Dialog title={t("members.link.title", { email })} size={520} onClose={onClose}>
      <div className={classes.parts}>
        <Notice
          tone={mailed ? "good" : "warn"}
          title={t(mailed ? "members.link.mailed" : "members.link.notMailed", { email })}
        >
          {link && t("members.link.once")}
        </Notice>
        {link && <CopyField label={t("members.link.label")} value={link} />}
        <p className={classes.none}>{t("members.link.until", { at: dateAndTime(expires_at) })}</p>
      </div>
      <div className={dialog.actions}>
        <Button variant="filled" onClick={onClose}>
          {t("members.link.done")}
        </Button>
      </div>
    </Dialog>
  );
}
