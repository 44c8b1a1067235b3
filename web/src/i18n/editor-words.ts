import type { WordGroup } from "./languages";

/**
 * The words of where posts are written, and pictures for them chosen. They stand in a file of their own because the build reads
 * them too, without every language.
 */
export const EDITOR_WORDS: readonly WordGroup[] = ["editor", "library", "one-file"];
