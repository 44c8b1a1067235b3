import type { TextEntity } from "@/api/model";

/** A stretch of a text that is shown in one way. */
export interface Piece {
  text: string;
  kind: TextEntity["kind"] | null;
}

/**
 * The marks of `before`, as far as they still hold for `after`.
 *
 * The server says what is a link, a mention or a hashtag, a moment after each change. Until it has, marks behind the
 * change move along, one that is being written on grows as long as no space is typed, and one that was cut into is dropped.
 */
export function carried(ranges: TextEntity[], before: string, after: string): TextEntity[] {
  if (before === after) return ranges;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same])
    same += 1;
  const end = before.length - same;
  const moved = after.length - before.length;
  const written = after.slice(start, after.length - same);
  return ranges.flatMap((range) => {
    if (range.end < start || (range.end === start && /^[\s.,;:!?)\]]/.test(written))) return [range];
    if (range.start >= end && range.start > start - 1 && !(range.start < start))
      return [{ ...range, start: range.start + moved, end: range.end + moved }];
    const isInside = range.start < start && range.end >= end && !/\s/.test(written);
    return isInside ? [{ ...range, end: range.end + moved }] : [];
  });
}

/** The text cut where marks begin and end. */
export function pieces(text: string, ranges: TextEntity[]): Piece[] {
  const cut: Piece[] = [];
  let behind = 0;
  for (const { kind, start, end } of ranges) {
    if (start < behind || end > text.length) continue;
    if (start > behind) cut.push({ text: text.slice(behind, start), kind: null });
    cut.push({ text: text.slice(start, end), kind });
    behind = end;
  }
  if (behind < text.length) cut.push({ text: text.slice(behind), kind: null });
  return cut;
}
