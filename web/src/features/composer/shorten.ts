import type { TextEntity, TextRule } from "@/api/model";

/** A text may not be longer than either. */
interface Limits {
  /** By the platform's way of counting. */
  max: number;
  rule: Pick<TextRule, "count" | "max_bytes">;
}

const MORE = "…";
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const words = new Intl.Segmenter(undefined, { granularity: "word" });
const bytes = new TextEncoder();

/** How long a part of a text is; `ranges` are the marks of the whole. The rule comes from the platform's manifest. */
export function lengthOf(
  text: string,
  ranges: TextEntity[],
  count: TextRule["count"],
  from = 0,
  to = text.length,
): number {
  const part = text.slice(from, to);
  if (count.by === "utf16") return part.length;
  if (count.by === "scalars") return [...part].length;
  const plain = (piece: string) => Array.from(graphemes.segment(piece)).length;
  if (count.by === "graphemes") return plain(part);
  let length = 0;
  let behind = from;
  for (const { kind, start, end } of ranges) {
    if (start < behind || end > to) continue;
    length += plain(text.slice(behind, start));
    const own = text.slice(start, end);
    if (kind === "url") length += count.url_length;
    else length += plain(kind === "mention" ? own.split("@").slice(0, 2).join("@") : own);
    behind = end;
  }
  return length + plain(text.slice(behind, to));
}

/**
 * The text made to fit: cut behind a word, with an ellipsis, never within a link, a mention or a hashtag.
 *
 * Links and hashtags that end the text are kept where they leave room for words, because they are what the post leads to.
 */
export function shorten(text: string, ranges: TextEntity[], limits: Limits): string {
  if (fits(text, ranges, limits)) return text;
  const tail = tailOf(text, ranges);
  const end = text.slice(0, tail).trimEnd().length;
  const kept = text.slice(end);
  const worthIt = kept.trim() !== "" && lengthOf(text, ranges, limits.rule.count, tail) * 2 < limits.max;
  const cut = worthIt ? cutBefore(end, kept, text, ranges, limits) : null;
  return cut ?? cutBefore(text.length, "", text, ranges, limits) ?? "";
}

function fits(text: string, ranges: TextEntity[], { max, rule }: Limits): boolean {
  const most = rule.max_bytes ?? Number.POSITIVE_INFINITY;
  return lengthOf(text, ranges, rule.count) <= max && bytes.encode(text).length <= most;
}

/** Where the links and hashtags at the end begin; the text's length when words end it. */
function tailOf(text: string, ranges: TextEntity[]): number {
  let tail = text.trimEnd().length;
  for (const { start, end } of ranges.toReversed()) {
    if (text.slice(end, tail).trim() !== "") break;
    tail = start;
  }
  return tail === text.trimEnd().length ? text.length : tail;
}

function cutBefore(
  end: number,
  kept: string,
  text: string,
  ranges: TextEntity[],
  limits: Limits,
): string | null {
  const at = (place: number) => {
    const body = text.slice(0, place).replace(/[\s,;:–—-]+$/u, "");
    const open = body === "" || /[.!?…]$/u.test(body) ? "" : MORE;
    const shown = body + open + kept;
    const behind = text.length - kept.length;
    const marks = ranges.flatMap((range) => {
      if (range.end <= body.length) return [range];
      const moved = body.length + open.length - behind;
      return kept && range.start >= behind
        ? [{ ...range, start: range.start + moved, end: range.end + moved }]
        : [];
    });
    return body !== "" && fits(shown, marks, limits) ? shown : null;
  };
  for (const places of [behindWords, behindLetters]) {
    const found = longest(places(text.slice(0, end), ranges), at);
    if (found) return found;
  }
  return null;
}

/** The last place whose text fits; a longer text never fits where a shorter one does not. */
function longest(places: number[], at: (place: number) => string | null): string | null {
  let found: string | null = null;
  let [low, high] = [0, places.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const text = at(places[middle] ?? 0);
    if (text === null) high = middle - 1;
    else {
      found = text;
      low = middle + 1;
    }
  }
  return found;
}

/** Ends of words. Scripts without spaces are cut where their words end. */
function behindWords(text: string, ranges: TextEntity[]): number[] {
  return Array.from(words.segment(text))
    .filter(({ isWordLike, segment }) => isWordLike || /^\S+$/u.test(segment))
    .map(({ index, segment }) => index + segment.length)
    .filter((place) => isOutside(place, ranges) && endsWord(text, place));
}

/** Within a word of letters and signs with no space, such as an address nobody marked, nothing is cut. */
const endsWord = (text: string, place: number): boolean =>
  /^(\s|$)/u.test(text.slice(place, place + 1)) ||
  /[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]$/u.test(text.slice(0, place));

/** For a single word that is longer than all there is room for. */
function behindLetters(text: string, ranges: TextEntity[]): number[] {
  return Array.from(graphemes.segment(text), ({ index, segment }) => index + segment.length).filter((place) =>
    isOutside(place, ranges),
  );
}

const isOutside = (place: number, ranges: TextEntity[]): boolean =>
  !ranges.some(({ start, end }) => start < place && place < end);
