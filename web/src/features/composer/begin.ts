import type { Channel, Media } from "@/api/model";
import { isUsable } from "./ChannelChips";
import { type Draft, emptyDraft, whenAt, withMedia } from "./draft";

/** What a new post begins with: the one channel there is, or all for the very first post. */
export function begin(
  channels: Channel[],
  wanted: { firstText?: string; media?: Media; at?: string } = {},
): Draft {
  const usable = channels.filter(isUsable).map(({ id }) => id);
  let draft = emptyDraft();
  if (wanted.firstText !== undefined) draft = { ...draft, text: wanted.firstText, channelIds: usable };
  else if (usable.length === 1) draft = { ...draft, channelIds: usable };
  if (wanted.at !== undefined) draft = { ...draft, when: whenAt(wanted.at) };
  return wanted.media ? withMedia(draft, [wanted.media]) : draft;
}
