import { useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Mark } from "@/ui/Mark";
import { SandboxBadge } from "@/ui/SandboxBadge";
import classes from "./AuthCard.module.css";
import { PublicFoot } from "./PublicFoot";
import { statusQuery } from "./session";

interface AuthCardProps {
  title: string;
  detail: string;
  children: ReactNode;
  above?: ReactNode;
  below?: ReactNode;
}

/** The quiet page of somebody who is not signed in yet. */
export function AuthCard({ title, detail, children, above, below }: AuthCardProps) {
  const { t } = useTranslation();
  const { data: status } = useSuspenseQuery(statusQuery);
  return (
    <main className={classes.page}>
      <title>{t("pageTitle", { title })}</title>
      <div className={classes.column}>
        <p className={classes.brand}>
          <Mark size={30} />
          {t("app")}
        </p>
        {above}
        <h1 className={classes.title}>{title}</h1>
        <p className={classes.detail}>{detail}</p>
        {children}
        {below && <p className={classes.below}>{below}</p>}
        {status.sandbox && (
          <p className={classes.below}>
            <SandboxBadge url={status.sandbox_url} />
          </p>
        )}
        <PublicFoot />
      </div>
    </main>
  );
}
