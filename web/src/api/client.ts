import createClient, { type Middleware } from "openapi-fetch";
import { ApiError } from "./error";
import type { paths } from "./schema";

const refusalsBecomeErrors: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return undefined;
    const body: unknown = await response.json().catch(() => null);
    throw ApiError.fromAnswer(response.status, body, response.headers.get("x-request-id"));
  },
  onError() {
    return ApiError.unreachable();
  },
};

/** The typed client; every refusal is thrown as an `ApiError`. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => globalThis.fetch(request),
});
api.use(refusalsBecomeErrors);

/** Takes the body out of an answer, which is there because refusals are thrown. */
export async function body<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  return data as T;
}

/** A key that lets the server recognise a repeated creation; works without a secure context too. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
