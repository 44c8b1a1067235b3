import { createContext, type ReactNode, useContext } from "react";
import { useTranslation } from "react-i18next";
import classes from "./PageHeader.module.css";

/** What every page's header has at its right end, such as the button for help. */
export const HeaderEnd = createContext<ReactNode>(null);

interface PageHeaderProps {
  title: string;
  hint?: string;
  /** Filters and facts beside the title. */
  children?: ReactNode;
  /** The page's one primary action, at the right. */
  action?: ReactNode;
}

/** The strip on top of every page. */
export function PageHeader({ title, hint, children, action }: PageHeaderProps) {
  const { t } = useTranslation();
  const end = useContext(HeaderEnd);
  return (
    <header className={classes.header}>
      <title>{t("pageTitle", { title })}</title>
      <h1 className={classes.title}>{title}</h1>
      {hint && <p className={classes.hint}>{hint}</p>}
      {children && <div className={classes.middle}>{children}</div>}
      <div className={classes.action}>
        {end}
        {action}
      </div>
    </header>
  );
}
