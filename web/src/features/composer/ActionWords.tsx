import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Channel, Post } from "@/api/model";
import { repeatPreviewQuery } from "@/features/repeat/queries";
import { shortDateAndTime } from "@/i18n/format";
import { toInstant } from "@/ui/time/wall-clock";
import type { When } from "./draft";
import { useSlots } from "./SlotsPicker";

interface ActionWordsProps {
  when: When;
  channelIds: string[];
  post: Post | null;
}

/** What the primary button will do, in words. */
export function ActionWords({ when, channelIds, post }: ActionWordsProps) {
  const { t } = useTranslation();
  const count = channelIds.length;
  const { earliest } = useSlots(channelIds, post, when.kind === "queue");
  const first = useFirstTime(when);
  switch (when.kind) {
    case "draft":
      return t("composer.action.save");
    case "now":
      return count > 0 ? t("composer.action.publishNow", { count }) : t("composer.action.publishShort");
    case "queue":
      return earliest
        ? t("scheduling.action.queue", { count, at: shortDateAndTime(earliest) })
        : t("scheduling.action.queueShort");
    case "at":
      return atWords(when, count, first, t);
  }
}

function atWords(when: When, count: number, first: Date | null, t: TFunction): string {
  const at = first ? shortDateAndTime(first, when.zone) : "";
  if (when.repeat)
    return count > 0
      ? t("scheduling.action.repeat", { count, at })
      : t("scheduling.action.repeatShort", { at });
  return count > 0
    ? t("composer.action.schedule", { count, at })
    : t("composer.action.scheduleShort", { at });
}

/** When it goes out first: of a rule, the first time that fits. */
function useFirstTime(when: When): Date | null {
  const at = toInstant(when, when.zone);
  const rule = when.kind === "at" ? when.repeat : null;
  const { data } = useQuery(repeatPreviewQuery(rule, at, when.zone));
  const first = rule ? data?.items[0]?.at : null;
  return first ? new Date(first) : at;
}

/** What is said when it is done. */
export function doneWords(stored: Post, when: When, channels: Channel[], t: TFunction): string {
  const at = stored.schedule.at;
  if (!at || when.kind === "now")
    return channels.length > 0 && channels.every(({ paused }) => paused)
      ? t("composer.done.waits", { count: channels.length })
      : t("composer.done.published");
  if (when.kind === "queue") return t("scheduling.done.queued", { at: shortDateAndTime(at) });
  const said = { at: shortDateAndTime(at, when.zone) };
  return when.repeat ? t("scheduling.done.repeats", said) : t("composer.done.scheduled", said);
}
