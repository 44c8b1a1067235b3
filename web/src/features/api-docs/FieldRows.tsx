import { useTranslation } from "react-i18next";
import classes from "./FieldRows.module.css";
import type { Row } from "./schema-rows";
import { Words } from "./Words";

/** Fields with what they are and mean; those within others stand further in. */
export function FieldRows({ rows }: { rows: Row[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return <p className={classes.none}>{t("apiDocs.nothing")}</p>;
  return (
    <ul className={classes.rows}>
      {rows.map(({ path, name, depth, type, required, help, choices }) => (
        <li key={path} className={classes.row} data-depth={depth}>
          <p className={classes.head}>
            <code className={classes.name}>{name}</code> <span className={classes.type}>{type}</span>
            {required && <span className={classes.needed}> {t("apiDocs.needed")}</span>}
          </p>
          {help && (
            <p className={classes.help} lang="en">
              <Words text={help} />
            </p>
          )}
          {choices.length > 0 && (
            <p className={classes.help}>{t("apiDocs.oneOf", { choices: choices.join(", ") })}</p>
          )}
        </li>
      ))}
    </ul>
  );
}
