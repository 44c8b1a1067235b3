import type { Channel, ContentTemplate, Media } from "@/api/model";
import { contentOf, type Draft, withMedia } from "./draft";

/** What a template keeps of a draft. Channels come and go, so what differs is kept by platform: the first channel's. */
export function templateOf(draft: Draft, channels: Pick<Channel, "id" | "platform">[]) {
  const { text = "", media = [], variants = {} } = contentOf(draft);
  const byPlatform: ContentTemplate["variants"] = {};
  for (const id of draft.channelIds) {
    const platform = channels.find((channel) => channel.id === id)?.platform;
    const variant = variants[id];
    if (platform && variant && !byPlatform[platform])
      byPlatform[platform] = { text: variant.text ?? null, options: variant.options ?? {} };
  }
  return { text, media: media.map(({ id, alt }) => ({ id, alt: alt ?? "" })), variants: byPlatform };
}

/** The draft with a template's content: its channels and time stay, and each channel gets what its platform's variant says. */
export function withTemplate(
  draft: Draft,
  template: ContentTemplate,
  channels: Pick<Channel, "id" | "platform">[],
): Draft {
  const variants = Object.fromEntries(
    channels.flatMap(({ id, platform }) => {
      const variant = template.variants[platform];
      return variant ? [[id, { ...variant }]] : [];
    }),
  );
  const begun: Draft = { ...draft, text: template.text, media: [], variants };
  return withMedia(begun, template.media as unknown as Media[]);
}
