import type { MediaFolder } from "@/api/model";

/** A folder with those inside it. */
export interface FolderNode {
  folder: MediaFolder;
  inside: FolderNode[];
}

/** The folders as they lie in one another. Those whose parent is not known lie at the top, so that none is lost. */
export function folderTree(folders: readonly MediaFolder[]): FolderNode[] {
  const nodes = new Map(folders.map((folder) => [folder.id, { folder, inside: [] } as FolderNode]));
  const top: FolderNode[] = [];
  for (const node of nodes.values()) {
    const parent = node.folder.parent_id ? nodes.get(node.folder.parent_id) : undefined;
    (parent?.inside ?? top).push(node);
  }
  return top;
}

/** The way from the top to the folder, the folder included. */
export function pathTo(folders: readonly MediaFolder[], id: string | null | undefined): MediaFolder[] {
  const path: MediaFolder[] = [];
  let next = folders.find((folder) => folder.id === id);
  while (next && !path.includes(next)) {
    path.unshift(next);
    const above: string | null = next.parent_id;
    next = folders.find((folder) => folder.id === above);
  }
  return path;
}

/** `Bread / Rye`. */
export const pathName = (folders: readonly MediaFolder[], id: string): string =>
  pathTo(folders, id)
    .map(({ name }) => name)
    .join(" / ");

/** The folder and all below it: where it cannot be moved. */
export function withThoseBelow(folders: readonly MediaFolder[], id: string): Set<string> {
  return new Set(
    folders
      .filter((folder) => pathTo(folders, folder.id).some((each) => each.id === id))
      .map((each) => each.id),
  );
}

/** All folders by the way to them, for choosing one. */
export const folderChoices = (folders: readonly MediaFolder[]): { value: string; label: string }[] =>
  folders
    .map(({ id }) => ({ value: id, label: pathName(folders, id) }))
    .sort((a, b) => a.label.localeCompare(b.label));
