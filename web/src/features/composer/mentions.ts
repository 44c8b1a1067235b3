import type { Channel } from "@/api/model";

/** A mention that is being written: from its sign to the cursor. */
export interface Begun {
  start: number;
  end: number;
  /** What stands behind the sign. */
  word: string;
}

export interface Handle {
  handle: string;
  platform: string;
}

const SHOWN = 6;

/** The mention that the cursor stands at the end of. */
export function begunMention(text: string, cursor: number): Begun | null {
  const word = /(?:^|[\s(])@([\w.@-]{0,80})$/u.exec(text.slice(0, cursor))?.[1];
  return word === undefined ? null : { start: cursor - word.length - 1, end: cursor, word };
}

/**
 * How a channel is mentioned, as its address tells; its name may have been changed here.
 *
 * An address that ends in a sign and a name is one of many servers', which say theirs too. A number is no name.
 */
export function handleOf({ url }: Pick<Channel, "url">): string | null {
  if (!url || !URL.canParse(url)) return null;
  const { pathname, host } = new URL(url);
  const [, sign, name = ""] = /\/(@?)([\w.-]+)\/?$/.exec(pathname) ?? [];
  if (!/\D/.test(name)) return null;
  return sign ? `${name}@${host}` : name;
}

/** The workspace's own accounts on these platforms that what was written so far may become. */
export function ownHandles(
  word: string,
  channels: readonly Pick<Channel, "url" | "platform">[],
  platforms: readonly string[],
): Handle[] {
  const wanted = word.toLowerCase();
  const found = new Map<string, Handle>();
  for (const channel of channels) {
    const handle = platforms.includes(channel.platform) ? handleOf(channel) : null;
    const small = handle?.toLowerCase();
    if (handle && small?.includes(wanted) && small !== wanted) {
      found.set(`${channel.platform} ${small}`, { handle, platform: channel.platform });
    }
  }
  return [...found.values()].slice(0, SHOWN);
}
