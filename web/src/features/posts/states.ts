/** Where a post or a delivery can stand. */
export const POST_STATES = [
  "draft",
  "waiting_approval",
  "scheduled",
  "publishing",
  "published",
  "partly_published",
  "failed",
  "needs_attention",
  "cancelled",
  "missed",
] as const;
export type PostState = (typeof POST_STATES)[number];

/** A state of a newer server than this interface is shown as one that wants a look. */
export const knownState = (state: string): PostState =>
  POST_STATES.find((known) => known === state) ?? "needs_attention";

export const stateKey = (state: string) => `posts.state.${knownState(state)}` as const;
