import type { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/api/error";
import type { AuthStatus } from "@/api/model";
import { statusQuery } from "@/features/account/session";

/** How this page stands to the server: reached, not reached, or newer than the page. */
export type Link = "fine" | "lost" | "updated";

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

/** How long to wait before looking again: twice as long each time, and never quite the same for all. */
export function waitBefore(attempt: number, chance = Math.random()): number {
  return Math.min(FIRST_WAIT * 2 ** attempt, LONGEST_WAIT) * (0.75 + chance * 0.5);
}

/** Nothing answered, or something before the server did: a proxy whose server is away. */
export const isAway = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status === 502 || error.status === 504);

async function isThere(): Promise<boolean> {
  try {
    return (await fetch("/health/live", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

export interface LinkWatch {
  current: () => Link;
  subscribe: (listener: () => void) => () => void;
  /** Looks at once instead of when the wait is over. */
  lookNow: () => void;
  stop: () => void;
}

/**
 * Notices that calls go unanswered, looks until the server is back, and then lets everything be loaded again.
 *
 * It also notices that the server became another version, whose interface this page no longer is.
 */
export function watchLink(queryClient: QueryClient): LinkWatch {
  let state: Link = "fine";
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let version: string | undefined;
  const listeners = new Set<() => void>();

  const become = (next: Link) => {
    if (state === next) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const lookLater = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), waitBefore(attempt));
    attempt += 1;
  };
  const lose = () => {
    if (state === "lost") return;
    become("lost");
    attempt = 0;
    lookLater();
  };
  const look = async () => {
    clearTimeout(timer);
    if (!(await isThere())) {
      lookLater();
      return;
    }
    become("fine");
    await queryClient.invalidateQueries();
  };
  const compare = (status: AuthStatus | undefined) => {
    if (!status) return;
    version ??= status.version;
    if (status.version !== version) become("updated");
  };

  const onOnline = () => {
    if (state === "lost") void look();
  };
  const onSeen = () => {
    if (document.visibilityState === "visible") onOnline();
  };
  // A page that was not loaded yet cannot be: because the server is away, or because it is another one by now, which does
  // not have the files of the old interface any more. The router would reload at once, into nothing if it is away.
  const onMissing = (event: Event) => {
    event.preventDefault();
    if (state === "fine") void isThere().then((there) => (there ? become("updated") : lose()));
  };
  window.addEventListener("offline", lose);
  window.addEventListener("online", onOnline);
  document.addEventListener("visibilitychange", onSeen);
  window.addEventListener("vite:preloadError", onMissing);
  const stopQueries = queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== "updated") return;
    if (event.action.type === "error" && isAway(event.action.error)) lose();
    if (event.action.type === "failed" && isAway(event.action.error)) lose();
    if (event.action.type === "success" && event.query.queryKey[0] === statusQuery.queryKey[0])
      compare(event.query.state.data as AuthStatus);
  });
  const stopMutations = queryClient.getMutationCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "error" && isAway(event.action.error)) lose();
  });
  compare(queryClient.getQueryData(statusQuery.queryKey));

  return {
    current: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lookNow: () => void look(),
    stop: () => {
      clearTimeout(timer);
      window.removeEventListener("offline", lose);
      window.removeEventListener("online", onOnline);
      document.removeEventListener("visibilitychange", onSeen);
      window.removeEventListener("vite:preloadError", onMissing);
      stopQueries();
      stopMutations();
    },
  };
}
