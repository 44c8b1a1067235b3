import { useSyncExternalStore } from "react";

let opened = false;
const listeners = new Set<() => void>();

function set(value: boolean): void {
  opened = value;
  for (const listener of listeners) listener();
}

/** Opens the composer in a drawer over whatever page is shown. */
export const openQuickComposer = (): void => set(true);

export const closeQuickComposer = (): void => set(false);

export const useQuickComposerOpen = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => opened,
  );
