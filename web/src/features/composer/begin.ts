import type { Channel, Media } from "@/api/model";
import { isUsable } from "./ChannelChips";
import { type Draft, emptyDraft, whenAt, withMedia } from "./draft";

interface Wanted {
  firstText?: string;
  media?: Media;
  /** When it is to go out, an instant. */
  at?: string;
  /** In the next free slot of each channel's queue. */
  when?: "queue";
}

/** What a new post begins with: the one channel there is, or all for the very first post. */
export function begin(channels: Channel[], wanted: Wanted = {}): Draft {
  const usable = channels.filter(isUsable).map(({ id }) => id);
  let draft = emptyDraft();
  if (wanted.firstText !== undefined) draft = { ...draft, text: wanted.firstText, channelIds: usable };
  else if (usable.length === 1) draft = { ...draft, channelIds: usable };
  if (wanted.at !== undefined) draft = { ...draft, when: whenAt(wanted.at) };
  if (wanted.when !== undefined) draft = { ...draft, when: { ...draft.when, kind: wanted.when } };
  return wanted.media ? withMedia(draft, [wanted.media]) : draft;
}
