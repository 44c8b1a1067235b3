import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { LANGUAGE_CODES, LANGUAGES } from "@/i18n/languages";
import { fields, Section } from "@/ui/Section";
import { toastDone, toastFailed } from "@/ui/toast";
import { useChangeSelf } from "./queries";

/** In which language one is written to; the interface has its own, in each browser. */
export function LanguageSection({ language }: { language: string }) {
  const { t } = useTranslation();
  const change = useChangeSelf();
  return (
    <Section title={t("settings.language.title")} detail={t("settings.language.detail")}>
      <div className={fields}>
        <NativeSelect
          label={t("user.language")}
          value={change.isPending ? (change.variables.language ?? language) : language}
          disabled={change.isPending}
          data={LANGUAGE_CODES.map((code) => ({ value: code, label: LANGUAGES[code].name }))}
          onChange={(event) =>
            change.mutate(
              { language: event.currentTarget.value },
              {
                onSuccess: () => toastDone(t("settings.language.done")),
                onError: (error) => toastFailed(error),
              },
            )
          }
        />
      </div>
    </Section>
  );
}
