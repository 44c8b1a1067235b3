import type { ReactNode } from "react";
import classes from "./PageHeader.module.css";

interface PageHeaderProps {
  title: ReactNode;
  hint?: string;
  /** Filters and facts beside the title. */
  children?: ReactNode;
  /** The page's one primary action, at the right. */
  action?: ReactNode;
}

/** The strip on top of every page. */
export function PageHeader({ title, hint, children, action }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      <h1 className={classes.title}>{title}</h1>
      {hint && <p className={classes.hint}>{hint}</p>}
      {children && <div className={classes.middle}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </header>
  );
}
