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
  "account",
  "security",
  "workspace",
  "members",
  "apiKeys",
  "webhooks",
  "outgoing",
  "notifications",
  "audit",
  "data",
  "adminAudit",
  "users",
  "mail",
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
  settings: "account",
  "settings/account": "account",
  "settings/security": "security",
  "settings/workspace": "workspace",
  "settings/members": "members",
  webhooks: "webhooks",
  "webhooks/outgoing": "outgoing",
  notifications: "notifications",
  "settings/audit": "audit",
  "settings/data": "data",
  "admin/audit": "adminAudit",
  "admin/users": "users",
  "admin/mail": "mail",
  "settings/api-keys": "apiKeys",
  "settings/pages": "pages",
};

/** What a page's help is about, by its address; `null` where there is nothing to explain. */
export function helpTopic(pathname: string): HelpTopic | null {
  const [, first = "", second = ""] = pathname.split("/");
  return BY_PATH[`${first}/${second}`] ?? BY_PATH[first] ?? null;
}
