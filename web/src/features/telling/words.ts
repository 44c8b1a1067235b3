import type { WebhookEndpoint, WebhookEventType } from "@/api/model";
import { i18next } from "@/i18n";
import { inOurWords } from "@/i18n/server-words";

/** What happened, in words; a kind that has none yet is told as the server describes it, or by its own name. */
export function eventWords(type: string, description?: string): string {
  const key = `telling.event.${type.replace(".", "_")}`;
  if (i18next.exists(key)) return i18next.t(key as "telling.event.post_published");
  return description ? inOurWords(description) : type;
}

/** What kinds have in common whose names begin alike. */
export function groupWords(group: string): string {
  const key = `telling.group.${group}`;
  return i18next.exists(key) ? i18next.t(key as "telling.group.post") : group;
}

const groupOf = (type: string): string => type.split(".")[0] ?? type;

/** Kinds by what they are about, in the server's order; tests are told whatever an endpoint chose. */
export function byGroup(types: readonly WebhookEventType[]): [group: string, types: WebhookEventType[]][] {
  const groups = new Map<string, WebhookEventType[]>();
  for (const each of types.filter(({ type }) => groupOf(type) !== "webhook")) {
    const group = groupOf(each.type);
    groups.set(group, [...(groups.get(group) ?? []), each]);
  }
  return [...groups];
}

/** What people call an endpoint: its description, or the host that it is at. */
export function endpointName({ description, url }: Pick<WebhookEndpoint, "description" | "url">): string {
  if (description) return description;
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

/** JSON is laid out; anything else stays as it came. */
export function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
