/** Whether the platform's own shortcuts are made with ⌘ instead of Ctrl. */
export const onApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/**
 * The key of a shortcut that was pressed: `c`, `?`, `mod+k`.
 *
 * The letter counts, not its place on the keyboard, so that what the sheet says is what one presses.
 */
export function keyOf(event: KeyboardEvent): string | null {
  if (event.isComposing || event.altKey || event.key === "Shift") return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const mod = onApple() ? event.metaKey : event.ctrlKey;
  const other = onApple() ? event.ctrlKey : event.metaKey;
  if (other) return null;
  if (mod) return event.shiftKey ? `mod+shift+${key}` : `mod+${key}`;
  // Shift is part of a sign such as `?`, but makes a letter another one.
  return event.shiftKey && /\p{L}/u.test(key) ? null : key;
}

/** Whether keys pressed there are for the thing itself: text being typed, a list or a menu being walked. */
export function takesKeys(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const own = "input, textarea, select, [contenteditable=''], [contenteditable='true'], [role='menu']";
  return target.closest(`${own}, [role='listbox'], [role='combobox'], [role='textbox']`) !== null;
}

/** How a key is written for people: `⌘ K` or `Ctrl K`, `G` then `P`. */
export function keyCaps(keys: string): string[][] {
  const names: Record<string, string> = {
    mod: onApple() ? "⌘" : "Ctrl",
    shift: onApple() ? "⇧" : "Shift",
    ArrowLeft: "←",
    ArrowRight: "→",
    ArrowUp: "↑",
    ArrowDown: "↓",
    Escape: "Esc",
    " ": "␣",
  };
  return keys
    .split(/(?<=.) (?=.)/)
    .map((press) =>
      press.split(/(?<=.)\+/).map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part)),
    );
}

/** The same for `aria-keyshortcuts`, which knows no sequences. */
export function ariaKeys(keys: string): string | undefined {
  if (/. ./.test(keys)) return undefined;
  return keys.replace("mod", onApple() ? "Meta" : "Control").replace("shift", "Shift");
}
