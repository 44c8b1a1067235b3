import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { CalendarEntry } from "@/api/model";
import { channelsQuery } from "@/features/connections/queries";
import { shownState, stateKey } from "@/features/posts/states";
import { shortened } from "@/features/posts/words";
import { listed } from "@/i18n/format";
import { whenWords } from "./use-move";

/** A post's words on one line. */
export function useEntryTitle(): (entry: CalendarEntry) => string {
  const { t } = useTranslation();
  return useCallback((entry) => entry.text.replace(/\s+/g, " ").trim() || t("posts.untitled"), [t]);
}

/** All that a card shows, in a sentence: for those who do not see its colours and marks. */
export function useEntrySentence(zone: string): (entry: CalendarEntry) => string {
  const { t } = useTranslation();
  const titleOf = useEntryTitle();
  const { data: channels } = useQuery(channelsQuery);
  const names = useMemo(() => new Map(channels?.map(({ id, name }) => [id, name])), [channels]);
  return useCallback(
    (entry) => {
      const where = entry.deliveries.map(({ channel_id, platform }) => names.get(channel_id) ?? platform);
      return t("calendar.entry", {
        text: shortened(titleOf(entry), 80),
        state: t(stateKey(shownState(entry.state, entry.paused))),
        when: whenWords(new Date(entry.at), entry, zone),
        channels: where.length > 0 ? listed([...new Set(where)]) : t("calendar.noChannels"),
      });
    },
    [t, titleOf, names, zone],
  );
}
