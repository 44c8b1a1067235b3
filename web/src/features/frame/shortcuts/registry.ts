import { keyOf, takesKeys } from "./keys";

export interface Shortcut {
  /** `c`, `?`, `mod+k`, `ArrowLeft`, or two presses one after the other: `g p`. `mod` is Ctrl, or ⌘ on Apple's machines. */
  keys: string;
  /** What it does, as the sheet says it. */
  words: string;
  run: () => void;
  /** Under which heading of the sheet; `page` unless said. */
  group?: ShortcutGroup;
  /** Works while something is typed, too; only for shortcuts with `mod`. */
  whileTyping?: boolean;
}

export const SHORTCUT_GROUPS = ["page", "go", "anywhere"] as const;
export type ShortcutGroup = (typeof SHORTCUT_GROUPS)[number];

interface Layer {
  shortcuts: readonly Shortcut[];
  /** Belongs to a dialog: it works while one is open, and what lies below does not. */
  inDialog: boolean;
}

/** The second press of a sequence has to follow within this time. */
const SEQUENCE_MS = 1500;
const SWITCH = "fanfare-single-keys";

let layers: readonly Layer[] = [];
let began: { key: string; until: number } | null = null;
const listeners = new Set<() => void>();

export function addLayer(layer: Layer): () => void {
  layers = [...layers, layer];
  changed();
  return () => {
    layers = layers.filter((each) => each !== layer);
    changed();
  };
}

function changed(): void {
  for (const listener of listeners) listener();
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const currentLayers = (): readonly Layer[] => layers;

/** What works now: the topmost of each key, without what an open dialog covers. */
export function applicable(all: readonly Layer[] = layers, dialog = dialogOpen()): Shortcut[] {
  const byKeys = new Map<string, Shortcut>();
  for (const layer of all) {
    if (dialog !== layer.inDialog) continue;
    for (const shortcut of layer.shortcuts) {
      // The later one takes the place at the end, as it was said last.
      byKeys.delete(shortcut.keys);
      byKeys.set(shortcut.keys, shortcut);
    }
  }
  return [...byKeys.values()];
}

function dialogOpen(): boolean {
  return [...document.querySelectorAll('[aria-modal="true"]')].some(
    (element) => element.getClientRects().length > 0,
  );
}

/** People who dictate, or whose keys are pressed by accident, can switch single keys off (WCAG 2.1.4). */
export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true;
  }
}

export function switchSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, "off");
  } catch {
    // Then they stay on.
  }
  changed();
}

/** Runs what was asked for; the one listener of the whole interface. */
export function onKeyDown(event: KeyboardEvent, now = Date.now()): void {
  const key = keyOf(event);
  if (key === null || event.defaultPrevented || event.repeat) return;
  const withMod = key.startsWith("mod+");
  if (!withMod && !singleKeysOn()) return;

  const able = applicable().filter((each) => !takesKeys(event.target) || (withMod && each.whileTyping));
  const first = began && now < began.until ? began.key : null;
  began = null;
  const chosen = able.find(({ keys }) => first !== null && keys === `${first} ${key}`);
  const direct = chosen ?? able.find(({ keys }) => keys === key);
  if (direct) {
    event.preventDefault();
    direct.run();
  } else if (able.some(({ keys }) => keys.startsWith(`${key} `))) {
    event.preventDefault();
    began = { key, until: now + SEQUENCE_MS };
  }
}
