import { zodResolver } from "@hookform/resolvers/zod";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { codeText } from "@/i18n/error-text";
import { Refusal } from "@/ui/Refusal";
import classes from "./AuthCard.module.css";
import { placeFieldErrors } from "./form-errors";
import { useRegister } from "./session";

const account = z.object({
  name: z
    .string()
    .trim()
    .min(1, { error: () => codeText("required") }),
  email: z.email({ error: () => codeText("invalid_email") }),
  // How good a password must be is the server's rule; it answers beside the field.
  password: z.string().min(1, { error: () => codeText("required") }),
});
type Account = z.infer<typeof account>;

export function RegisterForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const register = useRegister();
  const form = useForm<Account>({
    resolver: zodResolver(account),
    defaultValues: { name: "", email: "", password: "" },
  });
  const { errors } = form.formState;

  const submit = form.handleSubmit((values) =>
    register.mutate(values, {
      onSuccess: onDone,
      onError: (error) => {
        if (placeFieldErrors(error, ["name", "email", "password"], form.setError)) register.reset();
      },
    }),
  );

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {register.error && <Refusal error={register.error} />}
      <TextInput
        size="md"
        autoComplete="name"
        autoFocus
        label={t("auth.name")}
        error={errors.name?.message}
        {...form.register("name")}
      />
      <TextInput
        size="md"
        type="email"
        autoComplete="email"
        label={t("auth.email")}
        error={errors.email?.message}
        {...form.register("email")}
      />
      <PasswordInput
        size="md"
        autoComplete="new-password"
        label={t("auth.password")}
        description={t("auth.passwordHelp")}
        error={errors.password?.message}
        visibilityToggleButtonProps={{ "aria-label": t("auth.showPassword") }}
        {...form.register("password")}
      />
      <Button type="submit" variant="filled" size="md" fullWidth loading={register.isPending}>
        {t("auth.register")}
      </Button>
    </form>
  );
}
