import { type ComponentPropsWithoutRef, forwardRef, useRef } from "react";
import type { TextEntity } from "@/api/model";
import classes from "./MarkedTextarea.module.css";
import { carried, pieces } from "./marking";

interface MarkedTextareaProps extends Omit<ComponentPropsWithoutRef<"textarea">, "value"> {
  value: string;
  /** Links, mentions and hashtags of `judged`, which may be some letters behind `value`. */
  ranges: TextEntity[];
  judged: string;
}

/**
 * A plain text field whose links, mentions and hashtags are coloured as they are typed.
 *
 * The field stays the browser's own: undo, composition, spelling and screen readers work as everywhere. Over it lies the
 * same text with its marks, which nobody can touch or hear; the field's own letters are clear, its cursor is not.
 */
export const MarkedTextarea = forwardRef<HTMLTextAreaElement, MarkedTextareaProps>(
  ({ value, ranges, judged, ...field }, ref) => {
    const shown = useCarried(value, ranges, judged);
    return (
      <div className={classes.stack}>
        <textarea ref={ref} className={classes.field} value={value} dir="auto" spellCheck {...field} />
        <div className={classes.marks} dir="auto" aria-hidden="true">
          {pieces(value, shown).map(({ text, kind }, index) =>
            kind ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name than their place
              <mark key={index} data-kind={kind}>
                {text}
              </mark>
            ) : (
              text
            ),
          )}
          {/* A last empty line has no height of its own. */}
          {"\u200b"}
        </div>
      </div>
    );
  },
);
MarkedTextarea.displayName = "MarkedTextarea";

/** Marks follow the letters until the server has looked again. */
function useCarried(value: string, ranges: TextEntity[], judged: string): TextEntity[] {
  const last = useRef({ ranges, judged, text: judged, shown: ranges });
  const now = last.current;
  if (now.ranges !== ranges || now.judged !== judged) {
    last.current = { ranges, judged, text: value, shown: carried(ranges, judged, value) };
  } else if (now.text !== value) {
    last.current = { ...now, text: value, shown: carried(now.shown, now.text, value) };
  }
  return last.current.shown;
}
