import { ApiError } from "@/api/error";
import { i18next } from ".";
import type { errors } from "./en/errors";
import { inOurWords } from "./server-words";

/** The catalogue's sentence for a code; a code we do not know yet reads as our own failure. */
export function codeText(code: string): string {
  const known = knownCode(code) ? code : "internal";
  return i18next.t(`errors.${known}`);
}

const knownCode = (code: string): code is keyof typeof errors => i18next.exists(`errors.${code}`);

/** What happened, in words: a headline by code, and the server's own explanation when it says more. */
export function errorText(error: unknown): {
  title: string;
  detail: string | null;
  requestId: string | null;
} {
  if (!(error instanceof ApiError)) return { title: codeText("internal"), detail: null, requestId: null };
  const title = codeText(error.code);
  const own = error.errors.map((field) => inOurWords(field.detail) || codeText(field.code)).join(" ");
  // A failure of ours explains nothing but the request id, which is shown anyway.
  const detail = error.code === "internal" ? null : beyond(title, own || error.detail);
  return { title, detail, requestId: error.requestId };
}

/** What the server's explanation says beyond its headline, in our language; many begin with the same sentence. */
export function beyond(title: string, explanation: string): string | null {
  const detail = inOurWords(explanation);
  const rest = detail.startsWith(title) ? detail.slice(title.length).trim() : detail;
  return rest === "" ? null : rest;
}

/** What the server said of a field, or of one of its entries. */
export function fieldText(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const about = error.errors.filter((each) => each.field === field || each.field.startsWith(`${field}.`));
  return about.map(({ detail, code }) => inOurWords(detail) || codeText(code)).join(" ") || undefined;
}

/** Whether something has to be said besides what stands beside these fields. */
export function saysMore(error: unknown, fields: readonly string[]): boolean {
  if (!error) return false;
  if (!(error instanceof ApiError) || error.errors.length === 0) return true;
  return error.errors.some(
    ({ field }) => !fields.some((each) => field === each || field.startsWith(`${each}.`)),
  );
}

/** The same in one line, for toasts and fields. */
export function errorLine(error: unknown): string {
  const { title, detail } = errorText(error);
  if (error instanceof ApiError && error.errors.length === 0 && error.detail) return inOurWords(error.detail);
  return detail ?? title;
}
