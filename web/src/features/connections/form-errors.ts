import type { FieldValues, Path, UseFormSetError } from "react-hook-form";
import { ApiError } from "@/api/error";
import { codeText } from "@/i18n/error-text";
import { inOurWords } from "@/i18n/server-words";

/**
 * Puts the server's refusal of single fields beside those fields.
 *
 * Returns whether all of it found its place; what did not has to be said elsewhere.
 */
export function placeFieldErrors<T extends FieldValues>(
  error: unknown,
  fields: readonly Path<T>[],
  setError: UseFormSetError<T>,
): boolean {
  if (!(error instanceof ApiError) || error.errors.length === 0) return false;
  let placed = 0;
  for (const refusal of error.errors) {
    const field = fields.find((name) => name === refusal.field);
    if (!field) continue;
    setError(field, { message: inOurWords(refusal.detail) || codeText(refusal.code) });
    placed += 1;
  }
  return placed === error.errors.length;
}
