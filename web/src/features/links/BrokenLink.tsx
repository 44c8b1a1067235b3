import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { AuthCard } from "@/features/account/AuthCard";
import classes from "@/features/account/AuthCard.module.css";
import { ButtonLink } from "@/ui/links";

interface BrokenLinkProps {
  /** Why, where it is not simply old or used. */
  detail?: string;
  /** How to get another one. */
  action?: ReactNode;
}

/** What is said of a link that leads nowhere any more. */
export function BrokenLink({ detail, action }: BrokenLinkProps) {
  const { t } = useTranslation();
  return (
    <AuthCard title={t("links.broken")} detail={detail ?? t("links.brokenDetail")}>
      <div className={classes.others}>
        {action}
        <ButtonLink to="/" size="md">
          {t("links.toFanfare")}
        </ButtonLink>
      </div>
    </AuthCard>
  );
}
