import type { Channel, Connection } from "./model";

/** Where the picture of an account is, small and from our own server; absent when its platform showed none. */
export const connectionPicture = ({ id, avatar_url }: Connection): string | undefined =>
  avatar_url ? `/api/connections/${id}/avatar` : undefined;

/** The same for a channel. */
export const channelPicture = ({ id, avatar_url }: Channel): string | undefined =>
  avatar_url ? `/api/channels/${id}/avatar` : undefined;
