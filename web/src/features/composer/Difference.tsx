import { useTranslation } from "react-i18next";
import classes from "./Difference.module.css";
import { difference } from "./difference";

/** How a text came to be another: what was taken away struck out, what was added underlined. */
export function Difference({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation();
  const parts = difference(before, after);
  if (before === "" && after === "") return <p className={classes.none}>{t("editor.history.noText")}</p>;
  return (
    <p className={classes.text} dir="auto">
      {parts.map(({ text, change }, index) => {
        // biome-ignore-start lint/suspicious/noArrayIndexKey: parts have no other name than their place
        if (change === "added") return <ins key={index}>{text}</ins>;
        if (change === "removed") return <del key={index}>{text}</del>;
        return <span key={index}>{text}</span>;
        // biome-ignore-end lint/suspicious/noArrayIndexKey: see above
      })}
    </p>
  );
}
