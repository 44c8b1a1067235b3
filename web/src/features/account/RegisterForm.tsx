import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { saysMore } from "@/i18n/error-text";
import { Refusal } from "@/ui/Refusal";
import { address, needed, neededExactly, useTexts } from "@/ui/use-texts";
import classes from "./AuthCard.module.css";
import { PasswordField } from "./PasswordField";
import { useRegister } from "./use-register";

const FIELDS = ["name", "email", "password"] as const;

export function RegisterForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const register = useRegister();
  const { field, sends } = useTexts(
    { name: "", email: "", password: "" },
    // How good a password must be is the server's rule; it answers beside the field.
    { name: needed, email: address, password: neededExactly },
    register.error,
  );
  return (
    <form
      className={classes.form}
      onSubmit={sends((values) => register.mutate(values, { onSuccess: onDone }))}
      noValidate
    >
      {saysMore(register.error, FIELDS) && <Refusal error={register.error} />}
      <TextInput size="md" autoComplete="name" autoFocus label={t("auth.name")} {...field("name")} />
      <TextInput size="md" type="email" autoComplete="email" label={t("auth.email")} {...field("email")} />
      <PasswordField size="md" fresh {...field("password")} />
      <Button type="submit" variant="filled" size="md" fullWidth loading={register.isPending}>
        {t("auth.register")}
      </Button>
    </form>
  );
}
