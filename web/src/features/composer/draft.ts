import type { Media, Options, Post, PostInput, PostMedia, ScheduleInput, VariantInput } from "@/api/model";
import { isComplete, type Rule, ruleOf, ruleOfKind } from "@/features/repeat/rule";
import { ruleInAddress } from "@/features/repeat/rule-in-address";
import { browserZone } from "@/i18n/format";
import { proposal, toInstant, toWallClock, type WallClock } from "@/ui/time/wall-clock";

export interface When extends WallClock {
  kind: "draft" | "now" | "at" | "queue";
  zone: string;
  /** How it comes round again, when it goes out at a time. */
  repeat: Rule | null;
}

/** What the person is writing. */
export interface Draft {
  text: string;
  media: PostMedia[];
  channelIds: string[];
  variants: Record<string, VariantInput>;
  when: When;
}

export const emptyDraft = (): Draft => ({
  text: "",
  media: [],
  channelIds: [],
  variants: {},
  when: whenOf("now"),
});

const whenOf = (kind: "now" | "queue"): When => ({
  kind,
  zone: browserZone(),
  repeat: null,
  ...proposal(browserZone()),
});

/** The instant that somebody chose elsewhere, by the clocks around them. */
export const whenAt = (at: string, zone = browserZone()): When => ({
  kind: "at",
  zone,
  repeat: null,
  ...toWallClock(new Date(at), zone),
});

/** A time that is not stored yet, as an address keeps it. */
export interface AddressedWhen {
  /** An instant. */
  at?: string;
  /** Whose clocks it goes by, where they are not the browser's. */
  zone?: string;
  /** The rule by which it comes round again, as it was said. */
  repeat?: Record<string, unknown>;
  /** In the next free slot of each channel's queue. */
  when?: "queue";
}

export function addressOf({ kind, zone, repeat, ...clock }: When): AddressedWhen {
  if (kind === "queue") return { when: "queue" };
  const at = kind === "at" && toInstant(clock, zone);
  if (!at) return {};
  return {
    at: at.toISOString(),
    ...(zone === browserZone() ? {} : { zone }),
    ...(repeat ? { repeat } : {}),
  };
}

export function withAddressed(draft: Draft, { at, zone, repeat, when: kind }: AddressedWhen): Draft {
  if (kind !== undefined) return { ...draft, when: { ...draft.when, kind } };
  if (at === undefined) return draft;
  const when = whenAt(at, zone);
  const said = ruleInAddress(repeat);
  // What a shortened rule does not say fits its first day.
  const rule = said ? { ...ruleOfKind(said.kind, when, null), ...said } : null;
  return { ...draft, when: { ...when, repeat: rule } };
}

/** What a new post was asked to begin with; its channels are nobody's wish yet. */
export const beginningOf = ({ text, media }: Draft): string =>
  JSON.stringify([text, media.map(({ id }) => id)]);

export function draftOf(post: Post): Draft {
  const zone = post.schedule.time_zone || browserZone();
  const scheduled = post.schedule.kind === "at" && post.schedule.at;
  return {
    text: post.text,
    media: post.media,
    channelIds: post.channel_ids,
    variants: post.variants,
    when: scheduled
      ? { ...whenAt(scheduled, zone), repeat: ruleOf(post.schedule.repeat) }
      : whenOf(post.schedule.kind === "queue" ? "queue" : "now"),
  };
}

/** What is stored of a draft; variants of channels that are not chosen are left behind. */
export function contentOf(draft: Draft): PostInput {
  const variants = Object.entries(draft.variants).filter(
    ([id, variant]) => draft.channelIds.includes(id) && (isOwnText(variant) || hasOptions(variant)),
  );
  return {
    text: draft.text,
    media: draft.media.map(({ id, alt }) => ({ id, alt })),
    channel_ids: draft.channelIds,
    variants: Object.fromEntries(
      variants.map(([id, { text, options }]) => [
        id,
        { ...(text == null ? {} : { text }), ...(options ? { options } : {}) },
      ]),
    ),
  };
}

const isOwnText = (variant: VariantInput | undefined) => variant?.text != null;
const hasOptions = (variant: VariantInput) => Object.keys(variant.options ?? {}).length > 0;

/** The schedule as the server takes it; `null` while date, time or part of the rule are missing. */
export function scheduleOf({ kind, date, time, zone, repeat }: When): ScheduleInput | null {
  if (kind !== "at") return { kind, time_zone: zone };
  const at = toInstant({ date, time }, zone);
  if (!at || !isComplete(repeat)) return null;
  return { kind, at: at.toISOString(), time_zone: zone, ...(repeat ? { repeat } : {}) };
}

/** Nothing is said and nothing is shown. */
export const isEmpty = ({ text, media, variants }: Draft): boolean =>
  text.trim() === "" &&
  media.length === 0 &&
  Object.values(variants).every((variant) => !variant.text?.trim());

/** The channel's text is its own, not the one for all. */
export const isEdited = (draft: Draft, channelId: string): boolean => isOwnText(draft.variants[channelId]);

export const textFor = (draft: Pick<Draft, "text" | "variants">, channelId: string | null): string =>
  (channelId !== null ? draft.variants[channelId]?.text : null) ?? draft.text;

/** Changes the text of one channel, or of all; `null` gives a channel back the text for all. */
export function withText(draft: Draft, channelId: string | null, text: string | null): Draft {
  if (channelId === null) return { ...draft, text: text ?? "" };
  return { ...draft, variants: { ...draft.variants, [channelId]: { ...draft.variants[channelId], text } } };
}

export function withOption(draft: Draft, channelId: string, name: string, value: unknown): Draft {
  const variant = draft.variants[channelId] ?? {};
  const options: Options = { ...variant.options, [name]: value };
  if (value === undefined) delete options[name];
  return { ...draft, variants: { ...draft.variants, [channelId]: { ...variant, options } } };
}

export const withChannel = (draft: Draft, channelId: string, chosen: boolean): Draft => ({
  ...draft,
  channelIds: chosen
    ? [...draft.channelIds.filter((id) => id !== channelId), channelId]
    : draft.channelIds.filter((id) => id !== channelId),
});

/** Leaves out channels that were disconnected meanwhile: nothing can go there, and no chip could take them off. */
export const withoutGone = (draft: Draft, known: { id: string }[]): Draft => ({
  ...draft,
  channelIds: draft.channelIds.filter((id) => known.some((channel) => channel.id === id)),
});

/** Adds what is not there yet, in order. */
export const withMedia = (draft: Draft, added: Media[]): Draft => ({
  ...draft,
  media: [...draft.media, ...added.filter(({ id }) => !draft.media.some((item) => item.id === id))],
});

/** Puts an item at a place, or at the end when fewer are left. */
export const withMediaAt = (draft: Draft, item: PostMedia, place: number): Draft => ({
  ...draft,
  media: draft.media.some(({ id }) => id === item.id) ? draft.media : draft.media.toSpliced(place, 0, item),
});

/** Adds what has arrived of several that were chosen in an order: after those before it, or before those after it. */
export function withArrived(draft: Draft, arrived: Media, order: readonly string[]): Draft {
  const rank = order.indexOf(arrived.id);
  const ranks = draft.media.map(({ id }) => order.indexOf(id));
  const before = ranks.findLastIndex((each) => each >= 0 && each < rank);
  const after = ranks.findIndex((each) => each > rank);
  const place = before >= 0 ? before + 1 : after >= 0 ? after : draft.media.length;
  return withMediaAt(draft, arrived, place);
}

export const withoutMedia = (draft: Draft, id: string): Draft => ({
  ...draft,
  media: draft.media.filter((item) => item.id !== id),
});

/** What people who cannot see an item are told, in this post. */
export const withAlt = (draft: Draft, id: string, alt: string): Draft => ({
  ...draft,
  media: draft.media.map((item) => (item.id === id ? { ...item, alt } : item)),
});

/** Moves an item to another place. */
export function withMoved(draft: Draft, from: number, to: number): Draft {
  const media = [...draft.media];
  const [item] = media.splice(from, 1);
  if (!item || to < 0 || to > media.length) return draft;
  media.splice(to, 0, item);
  return { ...draft, media };
}

/** Another file in the place of one, such as the same picture cropped; what was said of the first is said of it too. */
export const withSwapped = (draft: Draft, id: string, media: PostMedia): Draft => ({
  ...draft,
  media: draft.media.map((item) => (item.id === id ? { ...media, alt: item.alt || media.alt } : item)),
});
