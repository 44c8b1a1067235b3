import type { Channel } from "@/api/model";

/** A channel that can be published to. */
export const channel = (id: string, name: string, platform: string, change: Partial<Channel> = {}): Channel =>
  ({
    id,
    name,
    platform,
    kind: "account",
    enabled: true,
    paused: false,
    status: "connected",
    problem: null,
    rules: { options: [], text: { count: { by: "graphemes" }, max_bytes: null } },
    ...change,
  }) as unknown as Channel;
