import { ScrollText, Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/EmptyState";
import { ButtonLink } from "@/ui/links";
import { type AuditSearch, isFiltered } from "./search";
import type { Log } from "./words";

interface NoEventsProps {
  log: Log;
  search: AuditSearch;
  /** What will stand in the log one day. */
  detail: string;
}

/** In place of a log of which nothing is there, or nothing is left by its filters. */
export function NoEvents({ log, search, detail }: NoEventsProps) {
  const { t } = useTranslation();
  return isFiltered(search) ? (
    <EmptyState
      icon={<Search size={20} aria-hidden="true" />}
      title={t("audit.emptyFiltered")}
      detail={t("audit.emptyFilteredDetail")}
      action={
        <ButtonLink to={log.page} search={{}}>
          {t("audit.filters.clear")}
        </ButtonLink>
      }
    />
  ) : (
    <EmptyState icon={<ScrollText size={20} aria-hidden="true" />} title={t("audit.empty")} detail={detail} />
  );
}
