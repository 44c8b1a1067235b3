import { FlaskConical } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "./SandboxBadge.module.css";

/** Says on every page that pretend platforms answer, and leads to their page. */
export function SandboxBadge({ url, folded = false }: { url: string | null | undefined; folded?: boolean }) {
  const { t } = useTranslation();
  const words = t("nav.sandbox");
  const content = (
    <>
      <FlaskConical size={14} aria-hidden="true" />
      <span className={classes.words}>{words}</span>
    </>
  );
  const look = {
    className: classes.badge,
    "data-folded": folded || undefined,
    "data-tip": t("nav.sandboxHelp"),
    "data-tip-at": "right",
  };
  return url ? (
    <a {...look} href={url} target="_blank" rel="noreferrer" aria-label={words}>
      {content}
    </a>
  ) : (
    <span {...look}>{content}</span>
  );
}
