import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "./Audit.module.css";
import { type AuditSearch, isFiltered } from "./search";
import { actionsIn, actionWords, kindWords, type Log } from "./words";

interface FiltersProps {
  log: Log;
  search: AuditSearch;
  /** Who may have done something. */
  people: Choice[];
}

/** Everything by which a log is narrowed; all of it stands in the address. */
export function Filters({ log, search, people }: FiltersProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const choose = (change: Partial<AuditSearch>) =>
    void navigate({ to: log.page, search: { ...search, ...change } });
  return (
    <fieldset className={classes.filters}>
      <legend className={classes.legend}>{t("audit.filters.label")}</legend>
      <NativeSelect
        label={t("audit.filters.actor")}
        value={search.actor ?? ""}
        onChange={(event) => choose({ actor: event.currentTarget.value || undefined })}
        data={withChosen(search.actor, [
          { value: "", label: t("audit.filters.anybody") },
          { value: "fanfare", label: t("app") },
          ...people,
        ])}
      />
      <NativeSelect
        label={t("audit.filters.kind")}
        value={search.kind ?? ""}
        onChange={(event) => choose({ kind: event.currentTarget.value || undefined, action: undefined })}
        data={withChosen(search.kind, [
          { value: "", label: t("audit.filters.anything") },
          ...log.kinds.map((kind) => ({ value: kind, label: kindWords(t, kind) })),
        ])}
      />
      <NativeSelect
        label={t("audit.filters.action")}
        value={search.action ?? ""}
        onChange={(event) => choose({ action: event.currentTarget.value || undefined })}
        data={withChosen(search.action, [
          { value: "", label: t("audit.filters.everything") },
          ...actionsIn(log, search.kind).map((action) => ({ value: action, label: actionWords(action) })),
        ])}
      />
      <TextInput
        type="date"
        label={t("audit.filters.from")}
        max={search.to}
        value={search.from ?? ""}
        onChange={(event) => choose({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label={t("audit.filters.to")}
        min={search.from}
        value={search.to ?? ""}
        onChange={(event) => choose({ to: event.currentTarget.value || undefined })}
      />
      {isFiltered(search) && (
        <Button
          variant="subtle"
          leftSection={<X size={14} aria-hidden="true" />}
          onClick={() => void navigate({ to: log.page, search: {} })}
        >
          {t("audit.filters.clear")}
        </Button>
      )}
    </fieldset>
  );
}

interface Choice {
  value: string;
  label: string;
}

/** What an address names stays chosen, also when nothing here has a word for it. */
function withChosen(chosen: string | undefined, choices: Choice[]): Choice[] {
  if (!chosen || choices.some(({ value }) => value === chosen)) return choices;
  return [...choices, { value: chosen, label: chosen }];
}
