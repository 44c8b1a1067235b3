import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { saysMore } from "@/i18n/error-text";
import { TextLink } from "@/ui/links";
import { Refusal } from "@/ui/Refusal";
import { address, neededExactly, useTexts } from "@/ui/use-texts";
import classes from "./AuthCard.module.css";
import { PasswordField } from "./PasswordField";
import { useLogIn } from "./session";

interface LogInFormProps {
  /** Known from where somebody came. */
  email?: string | undefined;
  /** Why it has to be done again. */
  refused?: unknown;
  onDone: () => void;
  /** A second step is asked for. */
  onTicket: (ticket: string) => void;
}

const FIELDS = ["email", "password"] as const;

/** The first step: address and password. */
export function LogInForm({ email = "", refused, onDone, onTicket }: LogInFormProps) {
  const { t } = useTranslation();
  const logIn = useLogIn();
  const { values, field, sends } = useTexts(
    { email, password: "" },
    { email: address, password: neededExactly },
    logIn.error,
  );
  const said = logIn.error ?? (logIn.isIdle ? refused : null);
  return (
    <form
      className={classes.form}
      onSubmit={sends((input) =>
        logIn.mutate(input, { onSuccess: ({ ticket }) => (ticket ? onTicket(ticket) : onDone()) }),
      )}
      noValidate
    >
      {saysMore(said, FIELDS) && <Refusal error={said} />}
      <TextInput
        size="md"
        type="email"
        // The browser offers passkeys there as well.
        autoComplete="email webauthn"
        autoFocus={email === ""}
        label={t("auth.email")}
        {...field("email")}
      />
      <PasswordField size="md" autoFocus={email !== ""} {...field("password")} />
      <Button type="submit" variant="filled" size="md" fullWidth loading={logIn.isPending}>
        {t("auth.logIn")}
      </Button>
      <p className={classes.aside}>
        <TextLink to="/forgot-password" search={values.email ? { email: values.email } : {}}>
          {t("auth.forgot")}
        </TextLink>
      </p>
    </form>
  );
}
