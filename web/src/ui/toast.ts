import type { NotificationData } from "@mantine/notifications";
import { createElement } from "react";
import { i18next } from "@/i18n";
import { errorText } from "@/i18n/error-text";
import { loadOver } from "./over/load";
import { UndoWords } from "./UndoWords";

/** Shown as soon as what shows toasts is loaded, in the order in which they were raised. */
const show = (toast: NotificationData) =>
  void loadOver().then(({ notifications }) => notifications.show(toast), nothingToShowIt);

const hide = (id: string) =>
  void loadOver().then(({ notifications }) => notifications.hide(id), nothingToShowIt);

/** The server that did not send it is told of by the frame already. */
const nothingToShowIt = () => undefined;

/** Every toast can be closed by a button that has a name. */
const closable = () => ({ closeButtonProps: { "aria-label": i18next.t("common.close") } });

/** Says in passing that something was done. */
export function toastDone(message: string): void {
  show({ ...spoken(message), color: "green", autoClose: 4000 });
}

/** Says in passing what is not as wished, though nothing failed. */
export function toastWarned(message: string): void {
  show({ ...spoken(message), color: "yellow", autoClose: 9000 });
}

/** The same words again take the place of those before. */
const spoken = (message: string) => ({ ...closable(), id: message, message, role: "status" as const });

/** Says in passing that something failed, with the request id to quote. */
export function toastFailed(error: unknown, title?: string): void {
  const words = errorText(error);
  const lines = [
    title ? words.title : null,
    words.detail,
    words.requestId && i18next.t("common.requestId", { id: words.requestId }),
  ];
  show({
    ...closable(),
    title: title ?? words.title,
    message: lines.filter(Boolean).join(" "),
    color: "red",
    autoClose: 9000,
  });
}

interface Undoable {
  id: string;
  undo: () => Promise<unknown> | unknown;
  undone: string;
}

let undoables: readonly Undoable[] = [];
let shown = 0;
const watchers = new Set<() => void>();

function keep(next: readonly Undoable[]): void {
  undoables = next;
  for (const watcher of watchers) watcher();
}

/**
 * Says that something was done, and offers to undo it: by its button, or by Ctrl/⌘ Z while it is shown.
 *
 * It stays ten seconds, and longer while the pointer or the focus is on it. `undone` is said afterwards.
 */
export function toastUndo(message: string, undo: Undoable["undo"], undone?: string): void {
  shown += 1;
  const own: Undoable = { id: `undo-${shown}`, undo, undone: undone ?? i18next.t("toast.undone") };
  keep([...undoables, own]);
  show({
    ...closable(),
    id: own.id,
    message: createElement(UndoWords, { message, onUndo: () => void takeBack(own) }),
    role: "status",
    color: "green",
    autoClose: 10_000,
    onClose: () => keep(undoables.filter((each) => each !== own)),
  });
}

/** Undoes what was offered last. */
export function undoLatest(): void {
  const latest = undoables.at(-1);
  if (latest) void takeBack(latest);
}

export const somethingToUndo = (): boolean => undoables.length > 0;

export function watchUndo(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

async function takeBack(own: Undoable): Promise<void> {
  if (!undoables.includes(own)) return;
  keep(undoables.filter((each) => each !== own));
  hide(own.id);
  try {
    await own.undo();
    toastDone(own.undone);
  } catch (error) {
    toastFailed(error, i18next.t("toast.notUndone"));
  }
}
