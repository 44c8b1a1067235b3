import { ActionIcon, Button, TextInput } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { type HeaderRow, keepsValue, newRow } from "./header-rows";
import classes from "./Telling.module.css";

/** Its name is the same in every language of people. */
const EXAMPLE = "Authorization";

interface HeaderFieldsProps {
  rows: readonly HeaderRow[];
  wrong: string | undefined;
  onChange: (rows: readonly HeaderRow[]) => void;
}

/** Headers that are sent along, such as a key that the other program asks for. */
export function HeaderFields({ rows, wrong, onChange }: HeaderFieldsProps) {
  const { t } = useTranslation();
  const wrongId = useId();
  const change = (key: number, to: Partial<HeaderRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...to } : row)));
  return (
    <fieldset className={classes.group} aria-describedby={wrong ? wrongId : undefined}>
      <legend className={classes.legend}>
        {t("telling.form.headers")} ({t("common.optional")})
      </legend>
      <p className={classes.hint}>{t("telling.form.headersHelp")}</p>
      {rows.map((row, index) => (
        <div key={row.key} className={classes.header}>
          <TextInput
            label={t("telling.form.headerName", { number: index + 1 })}
            placeholder={EXAMPLE}
            autoComplete="off"
            value={row.name}
            onChange={(event) => change(row.key, { name: event.currentTarget.value })}
          />
          <TextInput
            label={t("telling.form.headerValue", { number: index + 1 })}
            placeholder={keepsValue(row) ? t("telling.form.headerKept") : undefined}
            autoComplete="off"
            value={row.value}
            onChange={(event) => change(row.key, { value: event.currentTarget.value })}
          />
          <ActionIcon
            size={32}
            aria-label={t("telling.form.headerRemove", { number: index + 1 })}
            onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
          >
            <X size={16} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      {wrong && (
        <p id={wrongId} className={classes.wrong}>
          {wrong}
        </p>
      )}
      <div>
        <Button
          size="xs"
          leftSection={<Plus size={14} aria-hidden="true" />}
          onClick={() => onChange([...rows, newRow()])}
        >
          {t("telling.form.headerAdd")}
        </Button>
      </div>
    </fieldset>
  );
}
