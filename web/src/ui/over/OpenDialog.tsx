import { Modal, type ModalProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useThenOpened } from "./use-then-opened";

export type DialogProps = Pick<
  ModalProps,
  "opened" | "onClose" | "title" | "size" | "withCloseButton" | "children"
>;

/** A dialog, once it is opened. */
export function OpenDialog({ opened, ...props }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Modal {...props} opened={useThenOpened(opened)} closeButtonProps={{ "aria-label": t("common.close") }} />
  );
}
