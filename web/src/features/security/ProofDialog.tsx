import { Button } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/error";
import { PasswordField } from "@/features/account/PasswordField";
import { fieldText, saysMore } from "@/i18n/error-text";
import dialog from "@/ui/ConfirmDialog.module.css";
import { Notice } from "@/ui/Notice";
import { Dialog } from "@/ui/over/Dialog";
import { Refusal } from "@/ui/Refusal";
import { fields } from "@/ui/Section";

interface ProofDialogProps {
  title: string;
  children: ReactNode;
  confirm: string;
  destructive?: boolean;
  /** Somebody who has none logs in again instead. */
  hasPassword: boolean;
  pending: boolean;
  error: unknown;
  /** What is said of an error instead of the server's words. */
  said?: string | undefined;
  onConfirm: (password: string | undefined) => void;
  onClose: () => void;
}

const FIELDS = ["password"] as const;

/** The server wants to be certain that it is still the person. */
export const isAgain = (error: unknown) => error instanceof ApiError && error.code === "sign_in_again";

/** Asks before something changes that lets people in; for the password too, once the server wants it. */
export function ProofDialog(props: ProofDialogProps) {
  const { t } = useTranslation();
  const { error, hasPassword, destructive = false } = props;
  const [password, setPassword] = useState("");
  const [asked, setAsked] = useState(false);
  if (isAgain(error) && hasPassword && !asked) setAsked(true);
  const send = (event: FormEvent) => {
    event.preventDefault();
    props.onConfirm(asked && password ? password : undefined);
  };
  return (
    <Dialog title={props.title} size={440} onClose={props.onClose}>
      <form noValidate onSubmit={send}>
        <div className={fields}>
          {props.children}
          {isAgain(error) ? (
            <Notice
              tone={hasPassword ? "info" : "warn"}
              title={t(hasPassword ? "security.again.why" : "security.again.none")}
              live
            />
          ) : props.said ? (
            <Notice tone="info" title={props.said} live />
          ) : (
            saysMore(error, FIELDS) && <Refusal error={error} />
          )}
          {asked && (
            <PasswordField
              autoFocus
              name="password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              error={fieldText(error, "password")}
            />
          )}
        </div>
        <div className={dialog.actions}>
          <Button onClick={props.onClose} data-autofocus={destructive || undefined}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" variant={destructive ? "danger-filled" : "filled"} loading={props.pending}>
            {props.confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
