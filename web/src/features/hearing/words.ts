import { i18next } from "@/i18n";

/** What an event is about, in words; what has none yet is told as the platform names it. */
export function kindWords(kind: string): string {
  const told = kind.replace(/^test\./, "");
  const key = `hearing.kind.${told.replaceAll(".", "_")}`;
  return i18next.exists(key) ? i18next.t(key as "hearing.kind.messages") : told;
}

/** What can be tried out, in words. */
export function testKindWords(kind: string): string {
  const key = `hearing.test.kinds.${kind}`;
  return i18next.exists(key) ? i18next.t(key as "hearing.test.kinds.comment") : kind;
}
