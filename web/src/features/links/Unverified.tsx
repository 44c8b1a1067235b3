import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { Notice } from "@/ui/Notice";
import { ResendButton } from "./ResendButton";
import classes from "./Unverified.module.css";

/** On top of every page, for those whose address is not confirmed yet. */
export function Unverified() {
  const { t } = useTranslation();
  const { user } = useSession();
  return (
    <div className={classes.strip}>
      <Notice tone="warn" title={t("links.unverified.title")} action={<ResendButton size="xs" />}>
        {t("links.unverified.detail", { email: user.email })}
      </Notice>
    </div>
  );
}
