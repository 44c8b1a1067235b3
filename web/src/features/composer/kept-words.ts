import type { QueryClient } from "@tanstack/react-query";
import type { AuthStatus } from "@/api/model";
import { currentWorkspace, statusQuery } from "@/features/account/session";
import type { AddressedWhen, Draft } from "./draft";

/** What was being written and could not be saved, which nobody but its writer gets back. */
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
/** More pieces of work than anybody leaves behind in one tab. */
const MOST = 20;

/**
 * In this tab alone, and until it is closed: a session may have ended because the device is another's by now.
 *
 * Answers whether they are kept: storage may be blocked or full, and then they go with the page.
 */
export const keepWords = (words: KeptWords): boolean =>
  write([words, ...read().filter((each) => !isSameWork(each, words))].slice(0, MOST));

export function forgetKeptWords(words: KeptWords): void {
  write(read().filter((each) => !isSameWork(each, words)));
}

/** The same post, or a new one that began the same. */
const isSameWork = (a: KeptWords, b: KeptWords): boolean =>
  a.user === b.user &&
  a.workspace === b.workspace &&
  a.postId === b.postId &&
  (a.postId !== null ||
    (a.beginning === b.beginning && a.time.at === b.time.at && a.time.when === b.time.when));

function read(): KeptWords[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? (kept as KeptWords[]) : [];
  } catch {
    write([]);
    return [];
  }
}

function write(all: KeptWords[]): boolean {
  try {
    if (all.length > 0) sessionStorage.setItem(KEY, JSON.stringify(all));
    else sessionStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

/** Who is here, and where; `null` for nobody. */
export function writerIn(queryClient: QueryClient): Pick<KeptWords, "user" | "workspace"> | null {
  const status = queryClient.getQueryData<AuthStatus>(statusQuery.queryKey);
  const workspace = status && currentWorkspace(status);
  return status?.user && workspace ? { user: status.user.id, workspace: workspace.id } : null;
}

/** What was kept of this person's in this workspace, the latest first. */
export function keptWords(queryClient: QueryClient): KeptWords[] {
  const writer = writerIn(queryClient);
  if (!writer) return [];
  return read().filter(({ user, workspace }) => user === writer.user && workspace === writer.workspace);
}

/** What was kept of the drawer's, once: it is to be shown on the composer's own page. */
export function takeFromDrawer(queryClient: QueryClient): KeptWords | null {
  const words = keptWords(queryClient).find(({ drawer }) => drawer);
  if (!words) return null;
  keepWords({ ...words, drawer: false });
  return words;
}
