import type { Post, ScheduleInput } from "@/api/model";

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
] as const satisfies Post["state"][];
export type PostState = Post["state"];

/** A state of a newer server than this interface is shown as one that wants a look. */
export const knownState = (state: string): PostState =>
  POST_STATES.find((known) => known === state) ?? "needs_attention";

export const stateKey = (state: string) => `posts.state.${knownState(state)}` as const;

/** Something of it still waits for its time, or for a yes. */
export const isWaiting = (post: Post): boolean =>
  post.deliveries.some(({ state }) => state === "scheduled" || state === "waiting_approval");

/** It has a time to come that can be another one. */
export const isMovable = (post: Post): boolean => post.state === "scheduled" && post.schedule.at !== null;

/** Nothing of it is out, or may be: then it is a plan, not a record. */
export const isDeletable = (post: Post): boolean =>
  post.deliveries.every(
    ({ state }) => state !== "publishing" && state !== "published" && state !== "needs_attention",
  );

/** How it is given its time back; a place in the queue is the next one that is free. */
export const sameTimeAs = ({ schedule: { kind, at, time_zone } }: Post): ScheduleInput =>
  kind === "queue" ? { kind, time_zone } : { kind: "at", at, time_zone };
