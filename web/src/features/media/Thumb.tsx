import { Film, Image as ImageIcon } from "lucide-react";
import type { Media } from "@/api/model";
import classes from "./Thumb.module.css";

type Shown = Pick<Media, "kind" | "alt" | "thumbnail_url" | "url">;

/** A picture or video small: its thumbnail, or a sign of what it is. */
export function Thumb({ media }: { media: Shown }) {
  const source = media.thumbnail_url ?? (media.kind === "video" ? null : media.url);
  const Icon = media.kind === "video" ? Film : ImageIcon;
  return (
    <span className={classes.thumb}>
      {source ? (
        <img src={source} alt={media.alt} draggable={false} loading="lazy" decoding="async" />
      ) : (
        <Icon size={22} aria-hidden="true" />
      )}
      {media.kind === "video" && source && (
        <span className={classes.film}>
          <Film size={13} aria-hidden="true" />
        </span>
      )}
    </span>
  );
}
