import { useTranslation } from "react-i18next";
import { shortened } from "@/features/posts/words";
import classes from "./CalendarPage.module.css";
import type { Desk, Moving } from "./desk";
import { whenWords } from "./use-move";

/** Says what the keys do while a post is being moved by them; screen readers are told step by step. */
export function MovingNote({ moving, desk, keys }: { moving: Moving; desk: Desk; keys: string }) {
  const { t } = useTranslation();
  const { entry, at } = moving;
  return (
    <div className={classes.note} aria-hidden="true">
      <p className={classes.noteTitle}>
        {t("calendar.move.heading", { name: shortened(desk.titleOf(entry), 40) })}
        <strong>{whenWords(at, entry, desk.zone)}</strong>
      </p>
      <p>{keys}</p>
    </div>
  );
}
