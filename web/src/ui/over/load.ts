type Loaded = typeof import("./Over");

const watchers = new Set<(loaded: Loaded) => void>();

/**
 * Fetches what lies over pages: menus, dialogs, tips and toasts, with all that positions and animates them.
 *
 * Nothing that is seen first needs it. `LateOver` fetches it once the page is shown; whoever needs it sooner asks here.
 */
export async function loadOver(): Promise<Loaded> {
  const loaded = await import("./Over");
  for (const watcher of watchers) watcher(loaded);
  return loaded;
}

/** Tells when it is there, whoever asked for it. */
export function onOver(watcher: (loaded: Loaded) => void): () => void {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}
