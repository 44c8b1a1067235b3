/** What a line does with what it hears. */
export interface LineOptions {
  url: string;
  /** Kinds of things that are not as they were; `*` stands for all. */
  onStale: (kinds: string[]) => void;
  /** Told when a line stands, and when it no longer does. */
  onStanding?: (stands: boolean) => void;
  open?: (url: string) => WebSocket;
}

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
/** A line that stood this long was a good one: the next try need not wait longer than the first did. */
const GOOD_AFTER = 10_000;

/**
 * Keeps a line to the server open for as long as the page is.
 *
 * Each new line begins with `*`, so that what was missed meanwhile is asked for again. Pauses between tries grow, and are never the same for
 * all: a server that comes back is not met by everybody at once.
 */
export function keepLine({
  url,
  onStale,
  onStanding,
  open = (to) => new WebSocket(to),
}: LineOptions): () => void {
  let pause = FIRST_PAUSE;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let line: WebSocket | undefined;
  let ended = false;

  const connect = () => {
    const begun = Date.now();
    line = open(url);
    line.onmessage = ({ data }) => {
      // Each line begins with a message: before it, nothing was proved to come through.
      onStanding?.(true);
      onStale(staleIn(data));
    };
    line.onclose = () => {
      onStanding?.(false);
      if (ended) return;
      if (Date.now() - begun > GOOD_AFTER) pause = FIRST_PAUSE;
      timer = setTimeout(connect, pause * (0.5 + Math.random()));
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    };
  };
  connect();
  return () => {
    ended = true;
    clearTimeout(timer);
    line?.close();
  };
}

/** A message that cannot be read is a newer server's, and may mean anything. */
function staleIn(data: unknown): string[] {
  try {
    const { stale } = JSON.parse(String(data)) as { stale?: unknown };
    if (Array.isArray(stale)) return stale.map(String);
  } catch {
    // As below.
  }
  return ["*"];
}
