import { useTranslation } from "react-i18next";
import type { PostDetail, TimelineEntry } from "@/api/model";
import { codeText } from "@/i18n/error-text";
import { listed, shortDateAndTime } from "@/i18n/format";
import { inOurWords } from "@/i18n/server-words";

/** Of a row of edits of the same things by one person only the last tells something. */
export function shownEntries(entries: TimelineEntry[]): TimelineEntry[] {
  return entries.filter((entry, index) => {
    const next = entries[index + 1];
    const isEdit = entry.action === "post.edited" && next?.action === "post.edited";
    const same = JSON.stringify(entry.detail.changed) === JSON.stringify(next?.detail.changed);
    return !isEdit || next.actor !== entry.actor || !same;
  });
}

interface TimelineDay {
  day: string;
  entries: TimelineEntry[];
}

/** The entries by days of this browser's clocks. */
export function byDay(entries: TimelineEntry[]): TimelineDay[] {
  const days: TimelineDay[] = [];
  for (const entry of entries) {
    const day = new Date(entry.at).toDateString();
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

/** The colour of what happened; `undefined` for what is as it should be. */
export function toneOf(action: string): "bad" | "warn" | "good" | undefined {
  if (/failed|missed|needs_attention/.test(action)) return "bad";
  // That somebody tries again is no warning.
  if (/\.tried$|_there$/.test(action)) return "warn";
  return action === "delivery.published" ? "good" : undefined;
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

const JUST_NOW = 5_000;

const CHANGES = ["text", "media", "channels", "variants", "time"] as const;

/** Says each entry in words, naming the channel it is about. */
export function useEntryWords(post: PostDetail): (entry: TimelineEntry) => string {
  const { t } = useTranslation();
  /** `when`: the time to come, in words; the time of a post that went out stays with it and is no news. */
  const edited = (detail: TimelineEntry["detail"], when: string): string => {
    const changed = CHANGES.filter((each) => Array.isArray(detail.changed) && detail.changed.includes(each));
    if (changed.length === 0) {
      return when ? t("timeline.goesOut", { at: when }) : t("timeline.edited");
    }
    const was = text(detail.was_at);
    const from = was ? shortDateAndTime(was) : "";
    const time = !changed.includes("time")
      ? []
      : when
        ? [was ? t("timeline.moved", { from, at: when }) : t("timeline.timed", { at: when })]
        : was && !text(detail.at)
          ? [t("timeline.untimed", { from })]
          : [];
    const rest = changed
      .filter((each) => each !== "time")
      .flatMap((each) => {
        const channels = [
          ...named(detail.added).map((names) => t("timeline.added", { names })),
          ...named(detail.removed).map((names) => t("timeline.removed", { names })),
        ];
        return each === "channels" && channels.length > 0 ? channels : [t(`timeline.changed.${each}`)];
      });
    const what = rest.length > 0 ? [t("timeline.editedWhat", { what: listed(rest) })] : [];
    return [...time, ...what].join(". ") || t("timeline.edited");
  };
  const named = (names: unknown): string[] =>
    Array.isArray(names) && names.length > 0 ? [listed(names.map(String))] : [];

  return ({ action, subject_id, detail, at: happened }) => {
    const name = post.deliveries.find(({ id }) => id === subject_id)?.channel_name ?? t("timeline.channel");
    const at = text(detail.at);
    const when = at ? shortDateAndTime(at) : "";
    const said = text(detail.detail);
    const code = text(detail.code);
    const why = said ? inOurWords(said) : code ? codeText(code) : "";
    switch (action) {
      case "post.drafted":
        return t("timeline.drafted");
      case "post.scheduled":
        return t("timeline.scheduled", { at: when, count: Number(detail.channels ?? 0) });
      case "post.edited":
        return edited(detail, at && Date.parse(at) > Date.parse(happened) - JUST_NOW ? when : "");
      case "post.deleted":
        return t("timeline.deletedPost");
      case "post.restored":
        return t("timeline.restored");
      case "delivery.tried":
        return t("timeline.tried", { name, attempt: detail.attempt, why });
      case "post.paused":
        return t("timeline.paused");
      case "post.resumed":
        return t("timeline.resumed", { at: when });
      case "post.version_restored":
        return t("timeline.versionRestored", { number: Number(detail.version ?? 0) });
      case "post.repeats":
        return t("scheduling.repeat.beganPlain");
      case "post.repeat_ended":
        return t("scheduling.repeat.stopped");
      case "delivery.publishing":
        return t("timeline.publishing", { name });
      case "delivery.published":
        return t(detail.confirmed_by ? "timeline.confirmed" : "timeline.published", { name });
      case "delivery.failed":
        return t("timeline.failed", { name, why });
      case "delivery.needs_attention":
        return t("timeline.needsAttention", { name, why });
      case "delivery.missed":
        return t("timeline.missed", { name });
      case "delivery.edited_there":
        return t("timeline.editedThere", { name });
      case "delivery.removed_there":
        return t("timeline.removedThere", { name });
      case "delivery.scheduled":
        return t("timeline.again", { name, at: when });
      case "delivery.retried":
        return t("timeline.retried", { name });
      case "delivery.cancelled":
        if (detail.because === "left_out") return t("timeline.leftOut", { name });
        return t(detail.because === "disconnected" ? "timeline.cancelledWithAccount" : "timeline.cancelled", {
          name,
        });
      case "first_comment.scheduled":
        return t("comments.timeline.scheduled", { name });
      case "first_comment.publishing":
        return t("comments.timeline.publishing", { name });
      case "first_comment.published":
        return t(detail.confirmed_by ? "comments.timeline.confirmed" : "comments.timeline.published", {
          name,
        });
      case "first_comment.failed":
        return t("comments.timeline.failed", { name, why });
      case "first_comment.needs_attention":
        return t("comments.timeline.needsAttention", { name, why });
      case "first_comment.retried":
        return t("comments.timeline.retried", { name });
      case "first_comment.cancelled":
        return t("comments.timeline.cancelled", { name });
      default:
        return action;
    }
  };
}
