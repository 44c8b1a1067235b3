import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface PasswordFieldProps extends Pick<PasswordInputProps, "size" | "label" | "name" | "value" | "error"> {
  onChange: NonNullable<PasswordInputProps["onChange"]>;
  /** A new one, with words on what makes a good one; else the one there is. */
  fresh?: boolean;
  autoFocus?: boolean;
}

/** A password, which can be shown while it is typed. */
export function PasswordField({ label, fresh = false, ...props }: PasswordFieldProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      {...props}
      // The library marks the field for the eye only.
      aria-invalid={props.error ? true : undefined}
      label={label ?? t("auth.password")}
      autoComplete={fresh ? "new-password" : "current-password"}
      description={fresh ? t("auth.passwordHelp") : undefined}
      visibilityToggleButtonProps={{ "aria-label": t("auth.showPassword") }}
    />
  );
}
