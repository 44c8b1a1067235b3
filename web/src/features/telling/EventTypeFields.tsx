import { Checkbox, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { WebhookEventType } from "@/api/model";
import { FailedState } from "@/ui/FailedState";
import { eventTypesQuery } from "./queries";
import classes from "./Telling.module.css";
import { byGroup, eventWords, groupWords } from "./words";

interface EventTypeFieldsProps {
  /** `null` is everything, with what Fanfare learns to tell one day. */
  chosen: readonly string[] | null;
  wrong: string | undefined;
  onChange: (chosen: readonly string[] | null) => void;
}

/** Of what an endpoint is told. */
export function EventTypeFields({ chosen, wrong, onChange }: EventTypeFieldsProps) {
  const { t } = useTranslation();
  const wrongId = useId();
  const { data: types, error, refetch } = useQuery(eventTypesQuery);
  const offered = byGroup(types ?? []);
  return (
    <fieldset aria-describedby={wrong ? wrongId : undefined}>
      <legend className={classes.legend}>{t("telling.form.types")}</legend>
      <Checkbox
        size="xs"
        label={t("telling.form.allTypes")}
        description={t("telling.form.allTypesHelp")}
        checked={chosen === null}
        onChange={({ currentTarget: { checked } }) => onChange(checked ? null : [])}
      />
      {chosen !== null &&
        (error ? (
          <FailedState error={error} onRetry={() => void refetch()} />
        ) : !types ? (
          <div aria-busy="true">
            <Skeleton height={160} radius={8} />
          </div>
        ) : (
          <div className={classes.types}>
            {offered.map(([group, kinds]) => (
              <Group key={group} group={group} kinds={kinds} chosen={chosen} onChange={onChange} />
            ))}
          </div>
        ))}
      {wrong && (
        <p id={wrongId} className={classes.wrong}>
          {wrong}
        </p>
      )}
    </fieldset>
  );
}

interface GroupProps {
  group: string;
  kinds: readonly WebhookEventType[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}

/** Kinds about the same thing, with one box for all of them. */
function Group({ group, kinds, chosen, onChange }: GroupProps) {
  const names = kinds.map(({ type }) => type);
  const some = names.filter((type) => chosen.includes(type)).length;
  const others = chosen.filter((type) => !names.includes(type));
  return (
    <fieldset aria-label={groupWords(group)}>
      <Checkbox
        size="xs"
        label={groupWords(group)}
        checked={some === names.length}
        indeterminate={some > 0 && some < names.length}
        onChange={({ currentTarget: { checked } }) => onChange(checked ? [...others, ...names] : others)}
      />
      <div className={classes.kinds}>
        {kinds.map(({ type, description }) => (
          <Checkbox
            key={type}
            size="xs"
            label={eventWords(type, description)}
            description={type}
            checked={chosen.includes(type)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(checked ? [...chosen, type] : chosen.filter((each) => each !== type))
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
