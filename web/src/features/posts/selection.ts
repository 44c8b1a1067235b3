import type { Post } from "@/api/model";

/** Which rows are chosen, and from where a range is drawn. */
export interface Selection {
  posts: ReadonlyMap<string, Post>;
  /** Everything that matches, also what is not loaded. */
  all: boolean;
  anchor: string | null;
}

export const NOTHING: Selection = { posts: new Map(), all: false, anchor: null };

export const isSelected = (selection: Selection, id: string): boolean =>
  selection.all || selection.posts.has(id);

/** Chooses one more, or no longer. Out of everything, what remains is what is loaded. */
export function toggled(selection: Selection, post: Post, loaded: readonly Post[]): Selection {
  const posts = new Map(selection.all ? loaded.map((each) => [each.id, each]) : selection.posts);
  if (!posts.delete(post.id)) posts.set(post.id, post);
  return { posts, all: false, anchor: post.id };
}

/** Chooses everything between the anchor and the post, and keeps what was chosen before. */
export function extended(selection: Selection, post: Post, loaded: readonly Post[]): Selection {
  const from = loaded.findIndex(({ id }) => id === selection.anchor);
  const to = loaded.findIndex(({ id }) => id === post.id);
  if (from < 0 || to < 0) return { ...toggled({ ...selection, all: false }, post, loaded), all: false };
  const posts = new Map(selection.posts);
  for (const each of loaded.slice(Math.min(from, to), Math.max(from, to) + 1)) posts.set(each.id, each);
  return { posts, all: selection.all, anchor: selection.anchor };
}
