/** The pages that have help of their own; each has its words in the catalogue under `help`. */
export const HELP_TOPICS = [
  "home",
  "setup",
  "compose",
  "calendar",
  "posts",
  "queue",
  "library",
  "connections",
  "pages",
] as const;
export type HelpTopic = (typeof HELP_TOPICS)[number];

const BY_PATH: Record<string, HelpTopic> = {
  "": "home",
  setup: "setup",
  compose: "compose",
  calendar: "calendar",
  posts: "posts",
  queue: "queue",
  library: "library",
  connections: "connections",
  settings: "pages",
};

/** What a page's help is about, by its address; `null` where there is nothing to explain. */
export function helpTopic(pathname: string): HelpTopic | null {
  return BY_PATH[pathname.split("/")[1] ?? ""] ?? null;
}
