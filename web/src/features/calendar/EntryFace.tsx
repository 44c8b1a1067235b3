import type { CalendarEntry } from "@/api/model";
import { faceOf } from "@/features/posts/StateBadge";
import { shownState } from "@/features/posts/states";
import { PlatformTile } from "@/ui/PlatformTile";
import classes from "./EntryFace.module.css";

const SHOWN = 3;

interface EntryFaceProps {
  entry: CalendarEntry;
  title: string;
  time: string;
  /** One line, as in the cells of a month. */
  flat?: boolean;
}

/** The inside of a card: state, time, where it goes, and its first words. */
export function EntryFace({ entry, title, time, flat = false }: EntryFaceProps) {
  const { icon: Icon } = faceOf(shownOf(entry));
  const platforms = [...new Set(entry.deliveries.map(({ platform }) => platform))];
  return (
    <span className={classes.face} data-flat={flat || undefined}>
      <span className={classes.head}>
        <Icon size={14} aria-hidden="true" className={classes.icon} />
        <span className={classes.time}>{time}</span>
        {!flat && <Platforms platforms={platforms} />}
      </span>
      <span className={classes.text} dir="auto">
        {title}
      </span>
      {flat && <Platforms platforms={platforms} />}
    </span>
  );
}

function Platforms({ platforms }: { platforms: string[] }) {
  return (
    <span className={classes.platforms}>
      {platforms.slice(0, SHOWN).map((platform) => (
        <PlatformTile key={platform} platform={platform} />
      ))}
    </span>
  );
}

/** Where it stands, as it is shown. */
export const shownOf = (entry: CalendarEntry) => shownState(entry.state, entry.paused);

/** What the frame of a card is drawn by. */
export const lookOf = (entry: CalendarEntry) => ({
  "data-tone": shownOf(entry) === "scheduled" ? "accent" : faceOf(shownOf(entry)).tone,
  "data-draft": entry.state === "draft" || undefined,
});
