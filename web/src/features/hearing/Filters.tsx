import { Button, NativeSelect, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import classes from "./Events.module.css";
import { statsQuery } from "./queries";
import { type EventsSearch, isFiltered } from "./search";

/** Everything by which events are narrowed down; all of it stands in the address. */
export function Filters({ search }: { search: EventsSearch }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const navigate = useNavigate();
  const { data: stats } = useQuery(statsQuery(search));
  const choose = (change: Partial<EventsSearch>) =>
    void navigate({ to: "/webhooks", search: { ...search, ...change } });
  return (
    <fieldset className={classes.filters}>
      <legend className={classes.legend}>{t("hearing.filters.label")}</legend>
      <NativeSelect
        label={t("hearing.filters.platform")}
        value={search.platform ?? ""}
        onChange={(event) => choose({ platform: event.currentTarget.value || undefined })}
        data={[
          { value: "", label: t("hearing.filters.anyPlatform") },
          ...(stats?.receivers ?? []).map(({ platform, name }) => ({ value: platform, label: name })),
        ]}
      />
      <TextInput
        label={t("hearing.filters.kind")}
        placeholder={t("hearing.filters.kindExample")}
        // Typed anew when the address changes by other means.
        key={search.kind ?? ""}
        defaultValue={search.kind ?? ""}
        onBlur={(event) => choose({ kind: event.currentTarget.value.trim() || undefined })}
        onKeyDown={(event) => {
          if (event.key === "Enter") choose({ kind: event.currentTarget.value.trim() || undefined });
        }}
      />
      <TextInput
        type="date"
        label={t("hearing.filters.from")}
        max={search.to}
        value={search.from ?? ""}
        onChange={(event) => choose({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label={t("hearing.filters.to")}
        min={search.from}
        value={search.to ?? ""}
        onChange={(event) => choose({ to: event.currentTarget.value || undefined })}
      />
      {user.is_admin && (
        <Switch
          className={classes.everything ?? ""}
          label={t("hearing.filters.everything")}
          data-tip={t("hearing.filters.everythingDetail")}
          checked={search.everything ?? false}
          onChange={(event) => choose({ everything: event.currentTarget.checked || undefined })}
        />
      )}
      {isFiltered(search) && (
        <Button
          variant="subtle"
          leftSection={<X size={14} aria-hidden="true" />}
          onClick={() =>
            void navigate({ to: "/webhooks", search: search.everything ? { everything: true } : {} })
          }
        >
          {t("hearing.filters.clear")}
        </Button>
      )}
    </fieldset>
  );
}
