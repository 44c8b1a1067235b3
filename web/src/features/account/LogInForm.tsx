import { zodResolver } from "@hookform/resolvers/zod";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { codeText } from "@/i18n/error-text";
import { Refusal } from "@/ui/Refusal";
import classes from "./AuthCard.module.css";
import { placeFieldErrors } from "./form-errors";
import { useLogIn } from "./session";

const credentials = z.object({
  email: z.email({ error: () => codeText("invalid_email") }),
  password: z.string().min(1, { error: () => codeText("required") }),
});
type Credentials = z.infer<typeof credentials>;

export function LogInForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const logIn = useLogIn();
  const form = useForm<Credentials>({
    resolver: zodResolver(credentials),
    defaultValues: { email: "", password: "" },
  });
  const { errors } = form.formState;

  const submit = form.handleSubmit((values) =>
    logIn.mutate(values, {
      onSuccess: onDone,
      onError: (error) => {
        if (placeFieldErrors(error, ["email", "password"], form.setError)) logIn.reset();
      },
    }),
  );

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {logIn.error && <Refusal error={logIn.error} />}
      <TextInput
        size="md"
        type="email"
        autoComplete="email"
        autoFocus
        label={t("auth.email")}
        error={errors.email?.message}
        {...form.register("email")}
      />
      <PasswordInput
        size="md"
        autoComplete="current-password"
        label={t("auth.password")}
        error={errors.password?.message}
        visibilityToggleButtonProps={{ "aria-label": t("auth.showPassword") }}
        {...form.register("password")}
      />
      <Button type="submit" variant="filled" size="md" fullWidth loading={logIn.isPending}>
        {t("auth.logIn")}
      </Button>
    </form>
  );
}
