import type { ReactNode } from "react";
import type { Channel, Options, PostMedia, TextEntity } from "@/api/model";
import { inOurWords } from "@/i18n/server-words";

/** The post as one channel will carry it. */
export interface PreviewProps {
  channel: Channel;
  text: string;
  ranges: TextEntity[];
  media: PostMedia[];
  options: Options;
  /** Offers to write links below the post; shown by platforms where a link above costs readers, or leads nowhere. */
  linkBelow: ReactNode;
}

/** A choice as written; empty when nothing was chosen. */
export const chosen = (options: Options, name: string): string => {
  const value = options[name];
  return typeof value === "string" ? value : "";
};

/** What a choice is called, with the manifest's own words. */
export function choiceLabel({ rules }: Channel, name: string, value: string): string {
  const kind = rules.options.find((option) => option.name === name)?.kind;
  const label = kind?.type === "choice" && kind.choices.find((choice) => choice.value === value)?.label;
  return label ? inOurWords(label) : "";
}

/** What a choice is when nobody chose. */
export function choiceOr({ rules }: Channel, options: Options, name: string): string {
  const kind = rules.options.find((option) => option.name === name)?.kind;
  return chosen(options, name) || (kind?.type === "choice" ? kind.default : "");
}

/** The first link of the text, as its address reads. */
export function linkIn(text: string, ranges: TextEntity[]): { url: string; host: string } | null {
  const link = ranges.find(({ kind }) => kind === "url");
  return link ? addressOf(text.slice(link.start, link.end)) : null;
}

export function addressOf(url: string): { url: string; host: string } | null {
  return URL.canParse(url) ? { url, host: new URL(url).hostname.replace(/^www\./, "") } : null;
}
