import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { PublicFoot } from "@/features/account/PublicFoot";
import { day } from "@/i18n/format";
import { FailedState } from "@/ui/FailedState";
import { TextLink } from "@/ui/links";
import { Mark } from "@/ui/Mark";
import { Markdown } from "@/ui/markdown/Markdown";
import classes from "./LegalPage.module.css";
import { type LegalPageId, legalPageQuery } from "./queries";

/** Privacy or terms, for anybody. */
export function LegalPage({ page }: { page: LegalPageId }) {
  const { t, i18n } = useTranslation();
  const { data, error, refetch } = useQuery(legalPageQuery(page, i18n.language));
  const title = t(`legal.${page}`);
  return (
    <main className={classes.page}>
      <title>{t("pageTitle", { title })}</title>
      <div className={classes.column}>
        <p className={classes.brand}>
          <TextLink to="/" aria-label={t("legal.back")}>
            <Mark size={30} />
            {t("app")}
          </TextLink>
        </p>
        {error ? (
          <FailedState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <div className={classes.loading} aria-busy="true">
            <Skeleton height={28} width="40%" />
            <Skeleton height={16} />
            <Skeleton height={16} width="80%" />
          </div>
        ) : (
          <>
            {/^# /m.test(data.text) ? null : <h1 className={classes.title}>{title}</h1>}
            <Markdown text={data.text} />
            {data.updated_at && (
              <p className={classes.changed}>{t("legal.changed", { at: day(data.updated_at) })}</p>
            )}
          </>
        )}
        {(data || error) && <PublicFoot />}
      </div>
    </main>
  );
}
