let stands = false;

/** Notes whether the server can tell us what changes. */
export function lineStands(is: boolean): void {
  stands = is;
}

/** How often to look by oneself, in milliseconds: seldom while the server tells what changes. */
export const lookEvery = (alone: number, told = 60_000): number => (stands ? told : alone);
