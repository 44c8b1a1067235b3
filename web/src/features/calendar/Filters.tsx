import { useQuery } from "@tanstack/react-query";
import { CircleDot, ListFilter, User } from "lucide-react";
import { useTranslation } from "react-i18next";
import { channelsQuery } from "@/features/connections/queries";
import { POST_STATES, stateKey } from "@/features/posts/states";
import { PlatformTile } from "@/ui/PlatformTile";
import { FilterMenu, type FilterOption } from "./FilterMenu";
import { calendarAuthorsQuery } from "./queries";
import { type CalendarFilters, textOf, valuesOf } from "./search";

interface FiltersProps {
  filters: CalendarFilters;
  onChange: (change: CalendarFilters) => void;
}

/** Which posts: by where they go, where they stand and who wrote them. */
export function Filters({ filters, onChange }: FiltersProps) {
  const { t } = useTranslation();
  const { data: channels = [] } = useQuery(channelsQuery);
  const { data: authors = [] } = useQuery(calendarAuthorsQuery);
  const byChannel = channels.map(({ id, name, platform }) => ({
    value: id,
    label: name,
    icon: <PlatformTile platform={platform} />,
  }));
  const byState = POST_STATES.map((state) => ({ value: state, label: t(stateKey(state)) }));
  const byAuthor = authors.map(({ id, name }) => ({ value: id, label: name }));
  const one = (options: FilterOption[], chosen: string[]) =>
    chosen.length === 1 ? options.find(({ value }) => value === chosen[0])?.label : undefined;

  const channel = valuesOf(filters.channel);
  const state = valuesOf(filters.state);
  const author = valuesOf(filters.author);
  return (
    <>
      <FilterMenu
        label={t("calendar.filters.byChannel")}
        icon={<ListFilter size={15} aria-hidden="true" />}
        words={
          channel.length === 0
            ? t("calendar.filters.channel")
            : (one(byChannel, channel) ?? t("calendar.filters.channels", { count: channel.length }))
        }
        options={byChannel}
        chosen={channel}
        onChange={(chosen) => onChange({ channel: textOf(chosen) })}
      />
      <FilterMenu
        label={t("calendar.filters.byState")}
        icon={<CircleDot size={15} aria-hidden="true" />}
        words={
          state.length === 0
            ? t("calendar.filters.state")
            : (one(byState, state) ?? t("calendar.filters.states", { count: state.length }))
        }
        options={byState}
        chosen={state}
        onChange={(chosen) => onChange({ state: textOf(chosen) })}
      />
      <FilterMenu
        label={t("calendar.filters.byAuthor")}
        icon={<User size={15} aria-hidden="true" />}
        words={
          author.length === 0
            ? t("calendar.filters.author")
            : (one(byAuthor, author) ?? t("calendar.filters.authors", { count: author.length }))
        }
        options={byAuthor}
        chosen={author}
        onChange={(chosen) => onChange({ author: textOf(chosen) })}
      />
    </>
  );
}
