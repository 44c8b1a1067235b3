import type { QueryClient } from "@tanstack/react-query";
import type { AuthStatus } from "@/api/model";
import { currentWorkspace, statusQuery } from "@/features/account/session";
import type { AddressedWhen, Draft } from "./draft";

/** What was being written when the session ended, which nobody but its writer gets back. */
export interface KeptWords {
  user: string;
  workspace: string;
  /** Absent for what was never stored. */
  postId: string | null;
  /** Of the stored post that the words were written over. */
  revision: number | null;
  draft: Draft;
  /** What a new post began with, as `beginningOf` says it. */
  beginning: string;
  /** The draft's time, as the composer's address had it. */
  time: AddressedWhen;
  /** They were written in the drawer, which is not open on the page that comes back. */
  drawer: boolean;
}

const KEY = "fanfare-kept-words";

/** In this tab alone, and until it is closed: a session may have ended because the device is another's by now. */
export function keepWords(words: KeptWords): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(words));
  } catch {
    // Storage may be blocked or full; then the words go with the page.
  }
}

export function forgetKeptWords(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Where storage is blocked nothing was kept.
  }
}

function readKeptWords(): KeptWords | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "null") as KeptWords | null;
  } catch {
    forgetKeptWords();
    return null;
  }
}

/** Who is here, and where; `null` for nobody. */
export function writerIn(queryClient: QueryClient): Pick<KeptWords, "user" | "workspace"> | null {
  const status = queryClient.getQueryData<AuthStatus>(statusQuery.queryKey);
  const workspace = status && currentWorkspace(status);
  return status?.user && workspace ? { user: status.user.id, workspace: workspace.id } : null;
}

/** What was kept of this person's in this workspace. */
export function keptWords(queryClient: QueryClient): KeptWords | null {
  const writer = writerIn(queryClient);
  const words = readKeptWords();
  if (!writer || !words) return null;
  return words.user === writer.user && words.workspace === writer.workspace ? words : null;
}

/** What was kept of the drawer's, once: it is to be shown on the composer's own page. */
export function takeFromDrawer(queryClient: QueryClient): KeptWords | null {
  const words = keptWords(queryClient);
  if (!words?.drawer) return null;
  keepWords({ ...words, drawer: false });
  return words;
}
