import type { ReactNode } from "react";
import classes from "./EmptyState.module.css";

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  detail: string;
  action?: ReactNode;
}

/** What a list says when it is empty: what it is for, and what to do first. */
export function EmptyState({ icon, title, detail, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      {icon && <span className={classes.icon}>{icon}</span>}
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.detail}>{detail}</p>
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
