import type { ReactNode } from "react";
import classes from "./Rows.module.css";

interface RowsProps {
  /** What the list is of, where no heading says it. */
  label?: string;
  /** The order says something, such as when each happened. */
  ordered?: boolean;
  /** It stands within a section. */
  inner?: boolean;
  children: ReactNode;
}

/** Things below one another in one frame. */
export function Rows({ label, ordered = false, inner = false, children }: RowsProps) {
  const List = ordered ? "ol" : "ul";
  return (
    <List className={classes.rows} data-inner={inner || undefined} aria-label={label}>
      {children}
    </List>
  );
}

interface RowProps {
  /** Stays on one line however narrow the page is: the words give way. */
  tight?: boolean;
  children: ReactNode;
}

/** One of them: an icon, words that take what room there is, and what can be done at the end. */
export function Row({ tight = false, children }: RowProps) {
  return (
    <li className={classes.row} data-tight={tight || undefined}>
      {children}
    </li>
  );
}

/** The words of a row, line by line. */
export function RowWords({ children }: { children: ReactNode }) {
  return <span className={classes.words}>{children}</span>;
}

/** Their first line, with badges. */
export function RowName({ children }: { children: ReactNode }) {
  return <span className={classes.name}>{children}</span>;
}

/** What is read second. */
export function Quiet({ children }: { children: ReactNode }) {
  return <span className={classes.quiet}>{children}</span>;
}

/** The class of a paragraph that is read second. */
export const quiet = classes.quiet;
/** The class of a link that the whole row is. */
export const rowLink = classes.link;
/** The class of the icon a row begins with. */
export const rowIcon = classes.icon;
