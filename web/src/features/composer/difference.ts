/** A part of two texts that is in both, or only in the one before or the one after. */
export interface Part {
  text: string;
  change: "same" | "added" | "removed";
}

/** Beyond so many words each with each, texts are shown whole: nobody reads such a difference word by word. */
const MOST_PAIRS = 4_000_000;

const wordsOf = (text: string): string[] => text.match(/\s+|[\p{L}\p{N}_'’@#]+|[^\s\p{L}\p{N}_'’@#]/gu) ?? [];

/** What changes between two texts, word by word; the parts that are not added are `before`, those not removed are `after`. */
export function difference(before: string, after: string): Part[] {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1;
  const middle = between(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const same = (words: string[]): Part[] => words.map((text) => ({ text, change: "same" }));
  return joined([...same(a.slice(0, start)), ...middle, ...same(a.slice(a.length - end))]);
}

function between(a: string[], b: string[]): Part[] {
  const removed = (text: string): Part => ({ text, change: "removed" });
  const added = (text: string): Part => ({ text, change: "added" });
  if (a.length * b.length > MOST_PAIRS) return [...a.map(removed), ...b.map(added)];
  const width = b.length + 1;
  // How many words two rests have in common, in order.
  const common = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const parts: Part[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const word = a[i] ?? "";
    if (word === b[j]) {
      parts.push({ text: word, change: "same" });
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      parts.push(removed(word));
      i += 1;
    } else {
      parts.push(added(b[j] ?? ""));
      j += 1;
    }
  }
  return [...parts, ...a.slice(i).map(removed), ...b.slice(j).map(added)];
}

/** A changed phrase reads as one, not word by word: the blanks between two changes go with them. */
function joined(parts: Part[]): Part[] {
  const result: Part[] = [];
  let [removed, added] = ["", ""];
  const flush = () => {
    if (removed) result.push({ text: removed, change: "removed" });
    if (added) result.push({ text: added, change: "added" });
    [removed, added] = ["", ""];
  };
  parts.forEach(({ text, change }, index) => {
    if (change === "removed") removed += text;
    else if (change === "added") added += text;
    else {
      const next = parts[index + 1];
      if (removed && added && /^[ \t]+$/.test(text) && next && next.change !== "same") {
        removed += text;
        added += text;
        return;
      }
      flush();
      const last = result.at(-1);
      if (last?.change === "same") last.text += text;
      else result.push({ text, change });
    }
  });
  flush();
  return result;
}
