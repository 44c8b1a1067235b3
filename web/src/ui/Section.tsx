import { type ReactNode, useId } from "react";
import classes from "./Section.module.css";

interface SectionProps {
  title: string;
  /** What it is about, in a sentence or two. */
  detail?: ReactNode;
  /** A state beside the title. */
  badge?: ReactNode;
  /** What is done in it cannot be undone. */
  danger?: boolean;
  children?: ReactNode;
}

/** One thing among several on a page of settings. */
export function Section({ title, detail, badge, danger = false, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} data-danger={danger || undefined} aria-labelledby={id}>
      <header className={classes.header}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {badge}
      </header>
      {detail && <p className={classes.detail}>{detail}</p>}
      {children && <div className={classes.body}>{children}</div>}
    </section>
  );
}

/** Fields below one another, no wider than what is written in them. */
export const fields = classes.fields;
/** Buttons beside one another. */
export const actions = classes.actions;
