let stands = false;

/** Notes whether the server can tell us what changes. */
export function lineStands(is: boolean): void {
  stands = is;
}

const ALONE = 10_000;
const TOLD = 60_000;

/** How often to look by oneself, in milliseconds: seldom while the server tells what changes. */
export const lookEvery = (alone = ALONE): number => (stands ? TOLD : alone);
