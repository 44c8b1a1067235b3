import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/model";
import { toastUndo } from "@/ui/toast";
import { type Draft, textFor, withText } from "./draft";
import type { SharedFinding } from "./findings";
import { shorten } from "./shorten";
import { type Judgement, rangesFor } from "./use-verdict";

/** What is done when a finding's button is pressed. Everything can be undone. */
export function useFixes(
  draft: Draft,
  setDraft: (change: (now: Draft) => Draft) => void,
  judgement: Judgement,
) {
  const { t } = useTranslation();
  const [fixing] = useState<SharedFinding | null>(null);

  const shortenFor = (channel: Channel, max: number) => {
    const text = textFor(draft, channel.id);
    const own = draft.variants[channel.id]?.text ?? null;
    const short = shorten(text, rangesFor(judgement, channel.id), { max, rule: channel.rules.text });
    setDraft((now) => withText(now, channel.id, short));
    toastUndo(t("editor.fix.shortened", { name: channel.name }), () =>
      setDraft((now) => withText(now, channel.id, own)),
    );
  };

  const onFix = ({ fix }: SharedFinding, channel: Channel) => {
    if (fix?.kind === "shorten") shortenFor(channel, fix.max);
  };
  return { onFix, fixing, dialog: null };
}
