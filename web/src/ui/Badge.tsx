import type { ReactNode } from "react";
import classes from "./Badge.module.css";

export type Tone = "good" | "warn" | "bad" | "info" | "accent" | "quiet";

/** A state in a word, with an icon, on a coloured ground; the colour never speaks alone. */
export function Badge({
  tone,
  icon,
  children,
  title,
}: {
  tone: Tone;
  icon?: ReactNode;
  children: ReactNode;
  title?: string;
}) {
  return (
    <span className={classes.badge} data-tone={tone} title={title}>
      {icon}
      {children}
    </span>
  );
}
