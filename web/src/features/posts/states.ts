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

/** What is said of where a post stands: one that is paused is still scheduled, but that alone would mislead. */
export const shownState = (state: string, paused: boolean): string =>
  paused && state === "scheduled" ? "paused" : state;

/** A state of a newer server than this interface is shown as one that wants a look. */
export const knownState = (state: string): PostState | "paused" =>
  state === "paused" ? state : (POST_STATES.find((known) => known === state) ?? "needs_attention");

export const stateKey = (state: string) => `posts.state.${knownState(state)}` as const;

/** Something of it still waits for its time, or for a yes. */
export const isWaiting = (post: Post): boolean =>
  post.deliveries.some(({ state }) => state === "scheduled" || state === "waiting_approval");

const isScheduled = (post: Post): boolean => post.deliveries.some(({ state }) => state === "scheduled");

/** Something of it waits for its time and can be held back. */
export const canPause = (post: Post): boolean => isScheduled(post) && !post.paused_at;

/** It is held back until somebody resumes it. */
export const isPaused = (post: Post): boolean => isScheduled(post) && Boolean(post.paused_at);

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
