import { ChevronLeft, ChevronRight, Play } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PostMedia, TextEntity } from "@/api/model";
import { Thumb } from "@/features/media/Thumb";
import { pieces } from "../marking";
import classes from "./parts.module.css";

/** A text with its links, mentions and hashtags in the platform's colour; long ones fold as the platform folds them. */
export function Words({
  text,
  ranges,
  fold,
  before,
}: {
  text: string;
  ranges: TextEntity[];
  /** How many letters are shown before the rest folds away. */
  fold?: number;
  before?: ReactNode;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const folds = fold !== undefined && !open && (text.length > fold || text.split("\n").length > 8);
  const shown = folds ? folded(text, fold) : text;
  if (shown === "" && !before) return null;
  return (
    <p className={classes.words} dir="auto">
      {before}
      {pieces(shown, ranges).map(({ text: part, kind }, index) =>
        kind ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name than their place
          <span key={index} className={classes.link}>
            {part}
          </span>
        ) : (
          part
        ),
      )}
      {folds && (
        <>
          {"… "}
          <button type="button" className={classes.more} onClick={() => setOpen(true)}>
            {t("editor.preview.more")}
          </button>
        </>
      )}
    </p>
  );
}

/** Up to eight lines of so many letters in all, without half a word. */
function folded(text: string, fold: number): string {
  const lines = text.split("\n").slice(0, 8).join("\n").slice(0, fold);
  return lines.length < text.length ? lines.replace(/\S*$/u, "").trimEnd() || lines : lines;
}

const whole = (media: PostMedia) => (media.kind === "video" ? media : { ...media, thumbnail_url: media.url });

/** One picture or video, as large as its place. */
export function Item({ media, large = false }: { media: PostMedia; large?: boolean }) {
  return (
    <span className={classes.item}>
      <Thumb media={large ? whole(media) : media} />
      {media.kind === "video" && (
        <span className={classes.play}>
          <Play size={large ? 28 : 18} aria-hidden="true" />
        </span>
      )}
    </span>
  );
}

/** Up to four together, the rest counted. */
export function Grid({ media }: { media: PostMedia[] }) {
  if (media.length === 0) return null;
  const [only] = media;
  const shape = media.length === 1 && only && only.width > 0 ? shapeOf(only, 0.75, 1.91) : undefined;
  return (
    <div className={classes.grid} data-count={Math.min(media.length, 4)}>
      {media.slice(0, 4).map((item, index) => (
        <div key={item.id} className={classes.cell} style={shape ? { aspectRatio: shape } : undefined}>
          <Item media={item} large={media.length === 1} />
          {index === 3 && media.length > 4 && <span className={classes.rest}>+{media.length - 4}</span>}
        </div>
      ))}
    </div>
  );
}

/** A picture's shape, within what the platform shows. */
export const shapeOf = ({ width, height }: PostMedia, least: number, most: number): number =>
  width > 0 && height > 0 ? Math.min(Math.max(width / height, least), most) : 1;

/** One at a time, all in the shape of the first. */
export function Carousel({ media, least, most }: { media: PostMedia[]; least: number; most: number }) {
  const { t } = useTranslation();
  const [at, setAt] = useState(0);
  const place = Math.min(at, media.length - 1);
  const [first] = media;
  const shown = media[place];
  if (!first || !shown) return null;
  return (
    <div className={classes.carousel} style={{ aspectRatio: shapeOf(first, least, most) }}>
      <Item media={shown} large />
      {media.length > 1 && (
        <>
          <span className={classes.place}>
            {place + 1} / {media.length}
          </span>
          {place > 0 && (
            <button
              type="button"
              className={classes.turn}
              data-side="left"
              aria-label={t("editor.preview.previous")}
              onClick={() => setAt(place - 1)}
            >
              <ChevronLeft size={16} aria-hidden="true" />
            </button>
          )}
          {place < media.length - 1 && (
            <button
              type="button"
              className={classes.turn}
              data-side="right"
              aria-label={t("editor.preview.next")}
              onClick={() => setAt(place + 1)}
            >
              <ChevronRight size={16} aria-hidden="true" />
            </button>
          )}
        </>
      )}
    </div>
  );
}

/** The card that platforms make of a link. What the page itself says is fetched when the post goes out. */
export function LinkCard({ host, url }: { host: string; url: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.card}>
      <span className={classes.host}>{host}</span>
      <span className={classes.address}>{url}</span>
      <span className={classes.cardNote}>{t("editor.preview.card")}</span>
    </div>
  );
}
