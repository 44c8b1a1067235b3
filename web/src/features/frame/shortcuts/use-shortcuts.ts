import { useEffect, useRef } from "react";
import { addLayer, type Shortcut } from "./registry";

export type { Shortcut } from "./registry";

interface Where {
  /** For shortcuts of a dialog; they work while it is open, and nothing below it does. */
  inDialog?: boolean;
  /** `false` takes them away, from the sheet too. */
  enabled?: boolean;
}

/**
 * Keys that do something as long as the calling part is shown, and that the `?` sheet lists.
 *
 * They rest while something is typed. A part that is shown later goes before one that was there: a page may
 * give a key another meaning than the frame.
 */
export function useShortcuts(
  shortcuts: readonly Shortcut[],
  { inDialog = false, enabled = true }: Where = {},
): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  // What is listed changes with the keys and the words; what they do is read when they are pressed.
  const listed = JSON.stringify(shortcuts);
  useEffect(() => {
    if (!enabled) return undefined;
    const layer = (JSON.parse(listed) as Omit<Shortcut, "run">[]).map((shortcut) => ({
      ...shortcut,
      run: () => latest.current.find(({ keys }) => keys === shortcut.keys)?.run(),
    }));
    return addLayer({ shortcuts: layer, inDialog });
  }, [listed, inDialog, enabled]);
}
