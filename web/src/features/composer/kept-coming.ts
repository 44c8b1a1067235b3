import type { MediaImport } from "@/api/model";
import type { KeptWords } from "./kept-words";

/** One that was begun, and its place among all that were chosen. */
export interface Begun {
  one: MediaImport;
  place: number;
}

/** Files on their way to a post from a connected account, when its page went. */
interface KeptComing extends Pick<KeptWords, "user" | "workspace"> {
  /** Absent for what was never stored. */
  postId: string | null;
  /** Of the page. */
  address: string;
  /** By this device's clock, in milliseconds. */
  at: number;
  begun: Begun[];
  /** The ids of all that were chosen, in that order; empty for those that were not begun. */
  order: string[];
}

const KEY = "fanfare-kept-coming";
/** What was never stored is known by its address alone, and soon that is another post's. */
const UNSTORED_FOR = 60_000;

/** In this tab alone, for the page that comes next. Where storage is blocked or full, they arrive in the library only. */
export function keepComing(coming: Omit<KeptComing, "address" | "at">): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...coming, address: location.href, at: Date.now() }));
  } catch {
    // Nothing more can be done while the page goes.
  }
}

/** What was on its way to this post of this person's when the page before went. */
export function keptComing(of: Pick<KeptComing, "user" | "workspace" | "postId">): KeptComing | null {
  try {
    const kept: KeptComing | null = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    const same = kept?.user === of.user && kept.workspace === of.workspace && kept.postId === of.postId;
    return same && (kept.postId !== null || isSamePage(kept)) ? kept : null;
  } catch {
    return null;
  }
}

const isSamePage = ({ address, at }: KeptComing): boolean =>
  address === location.href && Date.now() - at < UNSTORED_FOR;

export const forgetComing = (): void => sessionStorage.removeItem(KEY);
