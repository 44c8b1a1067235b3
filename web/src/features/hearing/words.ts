import { i18next } from "@/i18n";

/** What an event is about, in words; what has none yet is told as the platform names it. */
export function kindWords(kind: string): string {
  const key = `hearing.kind.${kind.replaceAll(".", "_")}`;
  return i18next.exists(key) ? i18next.t(key as "hearing.kind.messages") : kind;
}
