import type { ApiKey } from "@/api/model";

export type Scope = ApiKey["scopes"][number];

/** Everything that a key can be given, in the order in which it is offered. */
export const SCOPES = [
  "posts.read",
  "posts.write",
  "posts.publish",
  "media.read",
  "media.write",
  "channels.read",
  "channels.write",
  "connections.read",
  "connections.write",
  "workspace.read",
  "workspace.settings",
  "webhooks.read",
  "webhooks.manage",
  "audit.read",
] as const satisfies readonly Scope[];

/** What most programs need: to write posts with pictures for the channels there are. */
export const USUAL: readonly Scope[] = [
  "posts.read",
  "posts.write",
  "posts.publish",
  "media.read",
  "media.write",
  "channels.read",
];
