import type { ReactNode } from "react";
import classes from "./TabLinks.module.css";
import { useCurrentInView } from "./use-current-in-view";

/** The class of each link within. */
export const tabLink = classes.tab;

/** Parts of one thing, each with an address of its own. */
export function TabLinks({ label, children }: { label: string; children: ReactNode }) {
  const strip = useCurrentInView();
  return (
    <nav ref={strip} aria-label={label} className={classes.tabs}>
      {children}
    </nav>
  );
}
