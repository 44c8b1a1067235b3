import { Repeat2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { ruleOf } from "./rule";
import { useRuleWords } from "./rule-words";

/** A small sign beside the time of a post that comes round again. Nothing for others. */
export function RepeatMark({ post }: { post: Pick<Post, "schedule"> }) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const rule = ruleOf(post.schedule.repeat);
  if (!rule) return null;
  const said = t("scheduling.repeat.mark", { rule: words(rule) });
  return (
    <span title={said} role="img" aria-label={said}>
      <Repeat2 size={14} aria-hidden="true" />
    </span>
  );
}
