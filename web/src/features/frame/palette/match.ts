/** Without accents and capitals, as people type in a hurry. */
export const plain = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/**
 * How well what was typed names the thing: the higher the better, `null` when it does not.
 *
 * Each word typed has to begin a word of the name; that they stand in the same order, or at its beginning, counts more.
 */
export function matchScore(typed: string, name: string): number | null {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return 0;
  const words = plain(name).split(/[^\p{L}\p{N}]+/u);
  let score = 0;
  let after = -1;
  for (const part of wanted) {
    const at = words.findIndex((word) => word.startsWith(part));
    if (at < 0) return null;
    score += words[at] === part ? 3 : 2;
    if (at > after) score += 1;
    after = at;
  }
  return score + (plain(name).startsWith(plain(typed).trim()) ? 4 : 0);
}

/** Those that match, the best first; in the order given where they match as well. */
export function matching<T>(typed: string, things: readonly T[], name: (thing: T) => string): T[] {
  return things
    .map((thing) => ({ thing, score: matchScore(typed, name(thing)) }))
    .filter((each): each is { thing: T; score: number } => each.score !== null)
    .sort((one, other) => other.score - one.score)
    .map(({ thing }) => thing);
}
