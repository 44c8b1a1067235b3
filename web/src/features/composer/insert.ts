/**
 * Puts text where the cursor is, as if it were typed: the browser's own undo takes it back.
 *
 * Browsers offer one way to write into a field's own undo history, and it is an old one; where it is gone, the field's
 * value is set, which costs that undo.
 */
export function insertAt(field: HTMLTextAreaElement, text: string): void {
  field.focus();
  if (typeof document.execCommand === "function" && document.execCommand("insertText", false, text)) return;
  const { selectionStart, selectionEnd } = field;
  const value = field.value.slice(0, selectionStart) + text + field.value.slice(selectionEnd);
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set?.call(field, value);
  field.setSelectionRange(selectionStart + text.length, selectionStart + text.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The text with a space before it where it would stick to a word. */
export function apart(field: HTMLTextAreaElement, text: string): string {
  const before = field.value[field.selectionStart - 1];
  return before === undefined || /\s/.test(before) ? text : ` ${text}`;
}
