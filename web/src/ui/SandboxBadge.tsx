import { Tooltip } from "@mantine/core";
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
  return (
    <Tooltip label={t("nav.sandboxHelp")} position="right">
      {url ? (
        <a
          className={classes.badge}
          data-folded={folded || undefined}
          href={url}
          target="_blank"
          rel="noreferrer"
          aria-label={words}
        >
          {content}
        </a>
      ) : (
        <span className={classes.badge} data-folded={folded || undefined}>
          {content}
        </span>
      )}
    </Tooltip>
  );
}
