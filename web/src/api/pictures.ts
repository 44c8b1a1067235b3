import type { Channel, Connection } from "./model";

/** A picture that lies elsewhere at its platform is another one, to the browser as well. */
const version = (address: string) =>
  [...address].reduce((sum, letter) => (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) >>> 0, 0);

/** Where the picture of an account is, small and from our own server; absent when its platform showed none. */
export const connectionPicture = ({ id, avatar_url }: Connection): string | undefined =>
  avatar_url ? `/api/connections/${id}/avatar?v=${version(avatar_url)}` : undefined;

/** The same for a channel. */
export const channelPicture = ({ id, avatar_url }: Channel): string | undefined =>
  avatar_url ? `/api/channels/${id}/avatar?v=${version(avatar_url)}` : undefined;
