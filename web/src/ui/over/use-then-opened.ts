import { useEffect, useState } from "react";

/**
 * `opened`, but `false` when first rendered.
 *
 * Mantine remembers where the focus goes back to when something is opened, not when it is there open from the start, as
 * whatever is loaded only when it is opened would be.
 */
export function useThenOpened(opened: boolean): boolean {
  const [there, setThere] = useState(false);
  useEffect(() => setThere(true), []);
  return opened && there;
}
