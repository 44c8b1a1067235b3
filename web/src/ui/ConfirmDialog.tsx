import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./ConfirmDialog.module.css";
import { Dialog } from "./over/Dialog";

interface ConfirmDialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  confirm: string;
  onConfirm: () => void;
  pending?: boolean;
  disabled?: boolean;
  /** Cannot be undone. */
  destructive?: boolean;
  dismiss?: string;
  wide?: boolean;
}

/**
 * Asks before something happens, naming the thing.
 *
 * What cannot be undone waits for a deliberate press: the focus begins on the way out, so that a hasty Enter destroys nothing.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={props.title} size={props.wide ? 560 : 440}>
      <div className={classes.body}>{props.children}</div>
      <div className={classes.actions}>
        <Button onClick={props.onClose} data-autofocus={props.destructive || undefined}>
          {props.dismiss ?? t("common.cancel")}
        </Button>
        <Button
          variant={props.destructive ? "danger-filled" : "filled"}
          loading={props.pending}
          disabled={props.disabled}
          onClick={props.onConfirm}
        >
          {props.confirm}
        </Button>
      </div>
    </Dialog>
  );
}
