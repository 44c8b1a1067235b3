import { Film, Image as ImageIcon } from "lucide-react";
import { useState } from "react";
import type { Media } from "@/api/model";
import { playingTime } from "@/i18n/format";
import classes from "./Thumb.module.css";

type Shown = Pick<Media, "kind" | "alt" | "thumbnail_url" | "url"> & { duration_ms?: number | null };

/** A picture or video small: its thumbnail, a video's first frame, or a sign of what it is. */
export function Thumb({ media }: { media: Shown }) {
  const source = media.thumbnail_url ?? (media.kind === "video" ? null : media.url);
  return (
    <span className={classes.thumb}>
      {source ? (
        <img src={source} alt={media.alt} draggable={false} loading="lazy" decoding="async" />
      ) : (
        <FirstFrame url={media.url} />
      )}
      {media.kind !== "image" && <Moving media={media} />}
    </span>
  );
}

/** Drawn by the browser from the file's beginning; browsers that cannot play it show a sign instead. */
function FirstFrame({ url }: { url: string }) {
  const [cannot, setCannot] = useState(false);
  if (cannot) return <Film size={22} aria-hidden="true" />;
  return (
    <video
      // A little past the beginning, which is often black.
      src={`${url}#t=0.2`}
      preload="metadata"
      muted
      playsInline
      tabIndex={-1}
      aria-hidden="true"
      onError={() => setCannot(true)}
    />
  );
}

function Moving({ media }: { media: Shown }) {
  const Icon = media.kind === "video" ? Film : ImageIcon;
  return (
    <span className={classes.moving}>
      <Icon size={12} aria-hidden="true" />
      {media.kind === "gif" ? "GIF" : media.duration_ms ? playingTime(media.duration_ms) : null}
    </span>
  );
}
