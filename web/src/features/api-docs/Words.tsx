/** A text of the description: what stands between backticks is code. */
export function Words({ text }: { text: string }) {
  return text.split("`").map((part, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no name but their place
    place % 2 === 1 ? <code key={place}>{part}</code> : part,
  );
}
