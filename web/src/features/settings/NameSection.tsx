import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { saysMore } from "@/i18n/error-text";
import { Refusal } from "@/ui/Refusal";
import { actions, fields, Section } from "@/ui/Section";
import { toastDone } from "@/ui/toast";
import { needed, useTexts } from "@/ui/use-texts";
import { useChangeSelf } from "./queries";

/** What the others read beside what one does. */
export function NameSection({ name }: { name: string }) {
  const { t } = useTranslation();
  const rename = useChangeSelf();
  const { values, field, sends } = useTexts({ name }, { name: needed }, rename.error);
  return (
    <Section title={t("settings.name.title")} detail={t("settings.name.detail")}>
      <form
        className={fields}
        noValidate
        onSubmit={sends((input) =>
          rename.mutate({ name: input.name.trim() }, { onSuccess: () => toastDone(t("settings.name.done")) }),
        )}
      >
        {saysMore(rename.error, ["name"]) && <Refusal error={rename.error} />}
        <TextInput label={t("auth.name")} autoComplete="name" {...field("name")} />
        <div className={actions}>
          <Button type="submit" loading={rename.isPending} disabled={values.name.trim() === name}>
            {t("common.save")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
