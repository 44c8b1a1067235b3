import { useTranslation } from "react-i18next";
import type { PostDetail, TimelineEntry } from "@/api/model";
import { codeText } from "@/i18n/error-text";
import { shortDateAndTime } from "@/i18n/format";

/** Drafts save themselves every few words; of a row of edits by one person only the last tells something. */
export function shownEntries(entries: TimelineEntry[]): TimelineEntry[] {
  return entries.filter((entry, index) => {
    const next = entries[index + 1];
    return entry.action !== "post.edited" || next?.action !== "post.edited" || next.actor !== entry.actor;
  });
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

const JUST_NOW = 5_000;

/** Says each entry in words, naming the channel it is about. */
export function useEntryWords(post: PostDetail): (entry: TimelineEntry) => string {
  const { t } = useTranslation();
  return ({ action, subject_id, detail, at: happened }) => {
    const name =
      post.deliveries.find(({ id }) => id === subject_id)?.channel_name ?? t("posts.timeline.channel");
    const at = text(detail.at);
    const when = at ? shortDateAndTime(at) : "";
    const why = text(detail.detail) ?? (text(detail.code) ? codeText(String(detail.code)) : "");
    switch (action) {
      case "post.drafted":
        return t("posts.timeline.drafted");
      case "post.scheduled":
        return t("posts.timeline.scheduled", { at: when, count: Number(detail.channels ?? 0) });
      case "post.edited":
        // The time of a post that went out stays with it; only one to come is news.
        return at && Date.parse(at) > Date.parse(happened) - JUST_NOW
          ? t("posts.timeline.goesOut", { at: when })
          : t("posts.timeline.edited");
      case "delivery.publishing":
        return t("posts.timeline.publishing", { name });
      case "delivery.published":
        return t(detail.confirmed_by ? "posts.timeline.confirmed" : "posts.timeline.published", { name });
      case "delivery.failed":
        return t("posts.timeline.failed", { name, why });
      case "delivery.needs_attention":
        return t("posts.timeline.needsAttention", { name, why });
      case "delivery.missed":
        return t("posts.timeline.missed", { name });
      case "delivery.scheduled":
        return t("posts.timeline.again", { name, at: when });
      case "delivery.retried":
        return t("posts.timeline.retried", { name });
      case "delivery.cancelled":
        return t(
          detail.because === "disconnected"
            ? "posts.timeline.cancelledWithAccount"
            : "posts.timeline.cancelled",
          { name },
        );
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
