import { CloseButton } from "@mantine/core";
import { CalendarDays, Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/EmptyState";
import { ButtonLink } from "@/ui/links";
import classes from "./EmptyCalendar.module.css";
import { type CalendarSearch, isFiltered, withoutFilters } from "./search";

interface EmptyCalendarProps {
  shown: boolean;
  search: CalendarSearch;
  /** Over a grid, which is still there to be clicked; there it can be closed. */
  floating: boolean;
}

/** What the calendar says when no post is in view. Once closed it stays so, also for other days. */
export function EmptyCalendar({ shown, search, floating }: EmptyCalendarProps) {
  const { t } = useTranslation();
  const [closed, setClosed] = useState(false);
  if (!shown || (floating && closed)) return null;
  const filtered = isFiltered(search);
  const Icon = filtered ? Search : CalendarDays;
  return (
    <div className={floating ? classes.floating : undefined}>
      {floating && (
        <CloseButton
          className={classes.close}
          aria-label={t("common.close")}
          onClick={() => setClosed(true)}
        />
      )}
      <EmptyState
        icon={<Icon size={20} aria-hidden="true" />}
        title={t(filtered ? "calendar.empty.filteredTitle" : "calendar.empty.title")}
        detail={t(filtered ? "calendar.empty.filteredDetail" : "calendar.empty.detail")}
        action={
          filtered ? (
            <ButtonLink to="/calendar" search={withoutFilters(search)}>
              {t("calendar.filters.clear")}
            </ButtonLink>
          ) : (
            <ButtonLink to="/compose/{-$postId}" search={{}}>
              {t("calendar.compose")}
            </ButtonLink>
          )
        }
      />
    </div>
  );
}
