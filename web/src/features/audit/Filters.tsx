import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { membersQuery } from "@/features/members/queries";
import classes from "./Audit.module.css";
import { type AuditSearch, isFiltered } from "./search";
import { actionWords, KINDS, kindOf, kindWords, knownActions } from "./words";

/** Everything by which the log is narrowed; all of it stands in the address. */
export function Filters({ search }: { search: AuditSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: members = [] } = useQuery(membersQuery);
  const choose = (change: Partial<AuditSearch>) =>
    void navigate({ to: "/settings/audit", search: { ...search, ...change } });
  const people = members.map(({ user_id, name }) => ({ value: user_id, label: name }));
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
          ...KINDS.map((kind) => ({ value: kind, label: kindWords(t, kind) })),
        ])}
      />
      <NativeSelect
        label={t("audit.filters.action")}
        value={search.action ?? ""}
        onChange={(event) => choose({ action: event.currentTarget.value || undefined })}
        data={withChosen(search.action, [
          { value: "", label: t("audit.filters.everything") },
          ...knownActions()
            .filter((action) => !search.kind || kindOf(action) === search.kind)
            .map((action) => ({ value: action, label: actionWords(action) })),
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
          onClick={() => void navigate({ to: "/settings/audit", search: {} })}
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
