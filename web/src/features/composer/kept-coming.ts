import type { QueryClient } from "@tanstack/react-query";
import type { MediaImport } from "@/api/model";
import { writerIn } from "./kept-words";

/** One that was begun, and its place among all that were chosen. */
export interface Begun {
  one: MediaImport;
  place: number;
}

/** Files on their way to a post from a connected account. */
interface OnTheirWay {
  /** Absent for what was never stored. */
  postId: string | null;
  begun: Begun[];
  /** The ids of all that were chosen, in that order; those have arrived that are not among the begun. */
  order: string[];
}

const KEY = "fanfare-kept-coming";

/** In this tab alone, for the page that comes next. Where storage is blocked or full, they arrive in the library only. */
export function keepComing(queryClient: QueryClient, coming: OnTheirWay): void {
  const writer = writerIn(queryClient);
  if (!writer) return;
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...writer, ...coming }));
  } catch {
    // Nothing more can be done while the page goes.
  }
}

/** What was on its way to this post when the page before went. */
export function keptComing(queryClient: QueryClient, postId: string | null): OnTheirWay | null {
  const writer = writerIn(queryClient);
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    const same =
      kept?.user === writer?.user && kept?.workspace === writer?.workspace && kept?.postId === postId;
    return writer && same ? kept : null;
  } catch {
    return null;
  }
}

export const forgetComing = (): void => sessionStorage.removeItem(KEY);
