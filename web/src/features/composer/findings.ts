import type { Channel, Finding } from "@/api/model";

/** A finding about one channel, or about the post as a whole. */
export type AnyFinding = Omit<Finding, "channel_id"> & { channel_id: string | null };

export type Section = "text" | "media" | "options" | "channels" | "when";

/** One finding for all the channels that share it. */
export interface SharedFinding extends Omit<AnyFinding, "channel_id"> {
  channelIds: string[];
}

/** Beside which part of the composer a finding belongs. */
export function sectionOf(field: string): Section {
  if (field.startsWith("media")) return "media";
  if (field.startsWith("options")) return "options";
  if (field.startsWith("channel")) return "channels";
  if (field.startsWith("schedule") || field === "at") return "when";
  return "text";
}

/** The item of the tray a finding is about, such as 0 in `media.0.alt`. */
export function mediaIndexOf(field: string): number | null {
  const match = /^media\.(\d+)/.exec(field);
  return match ? Number(match[1]) : null;
}

/** The option a finding is about, such as `visibility` in `options.visibility`. */
export function optionOf(field: string): string | null {
  return field.startsWith("options.") ? field.slice("options.".length) : null;
}

/** The channel whose options stand on the page. */
export type ShownOptions = Pick<Channel, "id" | "rules"> | undefined;

/** Those about options, apart: what stands at its own input, and what has no input on the page now. */
export function placeOptions(findings: SharedFinding[], shown: ShownOptions) {
  const atInput: SharedFinding[] = [];
  const elsewhere: SharedFinding[] = [];
  for (const finding of findings) {
    const option = optionOf(finding.field);
    const hasInput = shown?.rules.options.some(({ name }) => name === option) ?? false;
    const others = finding.channelIds.filter((id) => !hasInput || id !== shown?.id);
    if (others.length < finding.channelIds.length) atInput.push(finding);
    if (others.length > 0) elsewhere.push({ ...finding, channelIds: others });
  }
  return { atInput, elsewhere };
}

/** Says once what several channels say in the same words; errors first. */
export function share(findings: AnyFinding[]): SharedFinding[] {
  const shared = new Map<string, SharedFinding>();
  for (const { channel_id, ...rest } of findings) {
    const key = [rest.level, rest.code, rest.field, rest.detail, JSON.stringify(rest.fix)].join("\n");
    const known = shared.get(key) ?? { ...rest, channelIds: [] };
    if (channel_id) known.channelIds.push(channel_id);
    shared.set(key, known);
  }
  return [...shared.values()].sort((a, b) => Number(a.level === "warning") - Number(b.level === "warning"));
}
