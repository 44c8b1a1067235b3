import type { Channel, Media } from "@/api/model";
import { isUsable } from "./ChannelChips";
import { type AddressedWhen, type Draft, emptyDraft, withAddressed, withMedia } from "./draft";

interface Wanted extends AddressedWhen {
  firstText?: string;
  media?: Media;
}

/** What a new post begins with: the one channel there is, or all for the very first post. */
export function begin(channels: Channel[], wanted: Wanted = {}): Draft {
  const usable = channels.filter(isUsable).map(({ id }) => id);
  let draft = emptyDraft();
  if (wanted.firstText !== undefined) draft = { ...draft, text: wanted.firstText, channelIds: usable };
  else if (usable.length === 1) draft = { ...draft, channelIds: usable };
  draft = withAddressed(draft, wanted);
  return wanted.media ? withMedia(draft, [wanted.media]) : draft;
}
