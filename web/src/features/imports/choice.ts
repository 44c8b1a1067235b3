import type { RemoteFile } from "@/api/model";

/** A file that is to be taken, and whose it is. */
export interface Chosen {
  connectionId: string;
  file: RemoteFile;
}

/** The same file of two accounts is two files. */
export const keyOf = ({ connectionId, file }: Chosen): string => `${connectionId} ${file.id}`;

const isSame = (one: Chosen) => (other: Chosen) => keyOf(one) === keyOf(other);

export const isChosen = (all: readonly Chosen[], one: Chosen): boolean => all.some(isSame(one));

export const without = (all: readonly Chosen[], some: readonly Chosen[]): Chosen[] =>
  all.filter((one) => !isChosen(some, one));

/** Chooses it last, or no more. */
export const toggled = (all: readonly Chosen[], one: Chosen): Chosen[] =>
  isChosen(all, one) ? all.filter((each) => !isSame(one)(each)) : [...all, one];

/** Chooses all that is shown from the last chosen one to this one too. */
export function extended(all: readonly Chosen[], shown: readonly Chosen[], one: Chosen): Chosen[] {
  const to = shown.findIndex(isSame(one));
  const last = all.at(-1);
  const from = last ? shown.findIndex(isSame(last)) : -1;
  if (from < 0) return isChosen(all, one) ? [...all] : [...all, one];
  const between = from < to ? shown.slice(from, to + 1) : shown.slice(to, from + 1).toReversed();
  return [...all, ...between.filter((each) => !isChosen(all, each))];
}
