import { ApiError } from "@/api/error";
import { i18next } from ".";
import { errors } from "./en/errors";

/** The catalogue's sentence for a code; a code we do not know yet reads as our own failure. */
export function codeText(code: string): string {
  const known = Object.hasOwn(errors, code) ? (code as keyof typeof errors) : "internal";
  return i18next.t(`errors.${known}`);
}

/** What happened, in words: a headline by code, and the server's own explanation when it says more. */
export function errorText(error: unknown): {
  title: string;
  detail: string | null;
  requestId: string | null;
} {
  if (!(error instanceof ApiError)) return { title: codeText("internal"), detail: null, requestId: null };
  const title = codeText(error.code);
  const own = error.errors.map((field) => field.detail || codeText(field.code)).join(" ");
  const detail = own || error.detail;
  return { title, detail: detail && detail !== title ? detail : null, requestId: error.requestId };
}

/** The same in one line, for toasts and fields. */
export function errorLine(error: unknown): string {
  const { title, detail } = errorText(error);
  return detail ?? title;
}
