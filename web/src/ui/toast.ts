import { notifications } from "@mantine/notifications";
import { i18next } from "@/i18n";
import { errorText } from "@/i18n/error-text";

/** Says in passing that something was done. */
export function toastDone(message: string): void {
  notifications.show({ id: message, message, color: "green", autoClose: 4000 });
}

/** Says in passing that something failed, with the request id to quote. */
export function toastFailed(error: unknown, title?: string): void {
  const words = errorText(error);
  const lines = [
    title ? words.title : null,
    words.detail,
    words.requestId && i18next.t("common.requestId", { id: words.requestId }),
  ];
  notifications.show({
    title: title ?? words.title,
    message: lines.filter(Boolean).join(" "),
    color: "red",
    autoClose: 9000,
  });
}
