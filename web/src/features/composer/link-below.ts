import type { Channel, TextEntity, VariantInput } from "@/api/model";
import { type Draft, textFor, withOption, withText } from "./draft";

/** What the manifests call the text that is written below a post. */
const FIRST_COMMENT = "first_comment";

const isLink = ({ kind }: TextEntity): boolean => kind === "url";

/** The links of a text that can stand in the channel's first comment instead, with words left above them. */
export function linksToMove({ rules }: Channel, text: string, ranges: TextEntity[]): string[] {
  if (!rules.options.some(({ name }) => name === FIRST_COMMENT)) return [];
  if (withoutLinks(text, ranges) === "") return [];
  return ranges.filter(isLink).map(({ start, end }) => text.slice(start, end));
}

/** The draft with that channel's links below its post, behind what was to be written there already. */
export function withLinksBelow(draft: Draft, channel: Channel, ranges: TextEntity[]): Draft {
  const text = textFor(draft, channel.id);
  const before = draft.variants[channel.id]?.options?.[FIRST_COMMENT];
  const links = linksToMove(channel, text, ranges);
  const comment = [typeof before === "string" ? before.trimEnd() : "", ...links].filter(Boolean).join("\n");
  const own = withText(draft, channel.id, withoutLinks(text, ranges));
  return withOption(own, channel.id, FIRST_COMMENT, comment);
}

/** The channel's own text and choices as they were. */
export function withVariant(draft: Draft, channelId: string, variant: VariantInput | undefined): Draft {
  const { [channelId]: _, ...others } = draft.variants;
  return { ...draft, variants: variant ? { ...others, [channelId]: variant } : others };
}

/** What is left reads as if the links had never been there: no line of their own stays, and no gap. */
function withoutLinks(text: string, ranges: TextEntity[]): string {
  let rest = text;
  for (const { start, end } of ranges.filter(isLink).toReversed()) {
    const enclosed = rest[start - 1] === "(" && rest[end] === ")" ? 1 : 0;
    const [before, behind] = [rest.slice(0, start - enclosed), rest.slice(end + enclosed)];
    const alone = /(^|\n)[^\S\n]*$/.test(before) && /^[^\S\n]*(\n|$)/.test(behind);
    rest = alone
      ? before.replace(/[^\S\n]*$/, "") + behind.replace(/^[^\S\n]*\n?/, "")
      : before.replace(/[^\S\n]+$/, "") + behind;
  }
  return rest.replace(/\n{3,}/g, "\n\n").trim();
}
