import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel, Fix, Media, PostMedia } from "@/api/model";
import { CropDialog } from "@/features/media/CropDialog";
import { convertMedia, useRefreshLibrary } from "@/features/media/queries";
import { dateAndTime } from "@/i18n/format";
import { toastFailed, toastUndo } from "@/ui/toast";
import { type Draft, textFor, type When, whenAt, withSwapped, withText } from "./draft";
import type { SharedFinding } from "./findings";
import { shorten } from "./shorten";
import { type Judgement, rangesFor } from "./use-verdict";

type CropFix = Extract<Fix, { kind: "crop" }>;
type ConvertFix = Extract<Fix, { kind: "convert" }>;

/** What is done when a finding's button is pressed. Everything can be undone. */
export function useFixes(
  draft: Draft,
  setDraft: (change: (now: Draft) => Draft) => void,
  setWhen: (when: When) => void,
  judgement: Judgement,
) {
  const { t } = useTranslation();
  const [fixing, setFixing] = useState<SharedFinding | null>(null);
  /** Without a fix, to whatever shape the person likes. */
  const [cropping, setCropping] = useState<{ media: PostMedia; fix?: CropFix } | null>(null);
  const refreshLibrary = useRefreshLibrary();

  const shortenFor = (channel: Channel, max: number) => {
    const text = textFor(draft, channel.id);
    const own = draft.variants[channel.id]?.text ?? null;
    const short = shorten(text, rangesFor(judgement, channel.id), { max, rule: channel.rules.text });
    setDraft((now) => withText(now, channel.id, short));
    toastUndo(t("editor.fix.shortened", { name: channel.name }), () =>
      setDraft((now) => withText(now, channel.id, own)),
    );
  };

  /** The new picture takes the old one's place in this post; the old one stays in the library. */
  const swap = (old: PostMedia, made: Media, words: string) => {
    setDraft((now) => withSwapped(now, old.id, made));
    void refreshLibrary();
    toastUndo(words, () => setDraft((now) => withSwapped(now, made.id, old)));
  };

  const convert = async (finding: SharedFinding, media: PostMedia, { mime, max_bytes }: ConvertFix) => {
    setFixing(finding);
    try {
      const made = await convertMedia(media.id, { mime, ...(max_bytes === null ? {} : { max_bytes }) });
      swap(media, made, t("editor.fix.converted"));
    } catch (error) {
      toastFailed(error);
    } finally {
      setFixing(null);
    }
  };

  const moveTo = (at: string) => {
    const before = draft.when;
    setWhen({ ...whenAt(at, before.zone), repeat: before.repeat });
    toastUndo(t("editor.fix.moved", { at: dateAndTime(at, before.zone) }), () => setWhen(before));
  };

  const onFix = (finding: SharedFinding, channel: Channel) => {
    const { fix } = finding;
    if (!fix) return;
    if (fix.kind === "shorten") return shortenFor(channel, fix.max);
    if (fix.kind === "move") return moveTo(fix.at);
    const media = draft.media.find(({ id }) => id === fix.media_id);
    if (!media) return;
    if (fix.kind === "crop") setCropping({ media, fix });
    else void convert(finding, media, fix);
  };

  const dialog = cropping && (
    <CropDialog
      media={cropping.media}
      {...(cropping.fix?.min_ratio == null ? {} : { minRatio: cropping.fix.min_ratio })}
      {...(cropping.fix?.max_ratio == null ? {} : { maxRatio: cropping.fix.max_ratio })}
      onDone={(made) => {
        setCropping(null);
        swap(cropping.media, made, t("editor.fix.cropped"));
      }}
      onClose={() => setCropping(null)}
    />
  );
  return { onFix, onCrop: (media: PostMedia) => setCropping({ media }), fixing, dialog };
}
