import type { DragEvent } from "react";

/** The kind of data that names files while they are dragged. */
const FILES = "application/x-fanfare-media";

/** Begins to drag a file; with it go all that are chosen, if it is one of them. */
export function dragFiles(event: DragEvent, id: string, selection: ReadonlySet<string>): void {
  const ids = selection.has(id) ? [...selection] : [id];
  event.dataTransfer.setData(FILES, JSON.stringify(ids));
  event.dataTransfer.effectAllowed = "move";
}

export const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes(FILES);

/** The files that were dropped. */
export function droppedFiles(event: DragEvent): string[] {
  try {
    const ids: unknown = JSON.parse(event.dataTransfer.getData(FILES));
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}
