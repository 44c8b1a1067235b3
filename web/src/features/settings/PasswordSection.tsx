import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PasswordField } from "@/features/account/PasswordField";
import { saysMore } from "@/i18n/error-text";
import { Refusal } from "@/ui/Refusal";
import { actions, fields, Section } from "@/ui/Section";
import { toastDone } from "@/ui/toast";
import { neededExactly, useTexts } from "@/ui/use-texts";
import { useChangePassword } from "./queries";

/** Another password; whoever else is logged in with the old one is logged out. */
export function PasswordSection({ hasPassword }: { hasPassword: boolean }) {
  const { t } = useTranslation();
  const [times, setTimes] = useState(0);
  return (
    <Section
      title={t("settings.password.title")}
      detail={t(hasPassword ? "settings.password.detail" : "settings.password.none")}
    >
      <Form key={times} hasPassword={hasPassword} onDone={() => setTimes(times + 1)} />
    </Section>
  );
}

const FIELDS = ["current_password", "password"] as const;

function Form({ hasPassword, onDone }: { hasPassword: boolean; onDone: () => void }) {
  const { t } = useTranslation();
  const change = useChangePassword();
  const { values, field, sends } = useTexts(
    { current_password: "", password: "" },
    { password: neededExactly, ...(hasPassword ? { current_password: neededExactly } : {}) },
    change.error,
  );
  return (
    <form
      className={fields}
      noValidate
      onSubmit={sends((input) =>
        change.mutate(input, {
          onSuccess: () => {
            toastDone(t("settings.password.done"));
            onDone();
          },
        }),
      )}
    >
      {saysMore(change.error, FIELDS) && <Refusal error={change.error} />}
      {hasPassword && <PasswordField label={t("settings.password.current")} {...field("current_password")} />}
      <PasswordField fresh label={t("settings.password.new")} {...field("password")} />
      <div className={actions}>
        <Button
          type="submit"
          loading={change.isPending}
          disabled={values.current_password === "" && values.password === ""}
        >
          {t("settings.password.save")}
        </Button>
      </div>
    </form>
  );
}
