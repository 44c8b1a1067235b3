import type { Operation } from "./description";

/** What somebody has filled in for a call. */
export interface Filled {
  /** By name, of addresses and queries. */
  parameters: Record<string, string>;
  /** As it is typed. */
  body: string;
}

/** A call that could be made. */
export interface Asked {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

/** In place of a key, for examples to copy. */
export const KEY_TO_FILL_IN = "ff_…";

/** What stands in the address and after its `?`. */
export const fieldsOf = (operation: Operation) =>
  operation.parameters.filter((one) => one.in === "path" || one.in === "query");

export const takesJson = ({ body }: Operation): boolean => body?.type === "application/json";

/** Files are sent by programs, not from here. */
export const canBeTried = (operation: Operation): boolean => !operation.body || takesJson(operation);

/** As a form shows it first: the example of the description, and nothing else. */
export const unfilled = ({ body }: Operation): Filled => ({
  parameters: {},
  body: body?.example === undefined ? "" : JSON.stringify(body.example, null, 2),
});

/** The names of what is needed and not filled in. */
export const missing = (operation: Operation, { parameters }: Filled): string[] =>
  fieldsOf(operation)
    .filter((one) => (one.required || one.in === "path") && !parameters[one.name]?.trim())
    .map(({ name }) => name);

/** The call, with a key or by the browser's session. What is not filled in stands as a placeholder. */
export function asked(operation: Operation, filled: Filled, origin: string, key: string | null): Asked {
  const path = operation.path.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = filled.parameters[name]?.trim();
    return value ? encodeURIComponent(value) : placeholder;
  });
  const query = fieldsOf(operation)
    .filter((one) => one.in === "query")
    .flatMap(({ name }) => {
      const value = filled.parameters[name]?.trim();
      return value ? [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`] : [];
    });
  const body = takesJson(operation) && filled.body.trim() ? filled.body.trim() : null;
  return {
    method: operation.method,
    url: `${origin}${path}${query.length > 0 ? `?${query.join("&")}` : ""}`,
    headers: {
      ...(key ? { Authorization: `Bearer ${key}` } : {}),
      ...(body ? { "Content-Type": "application/json" } : {}),
    },
    body,
  };
}

export interface Came {
  status: number;
  statusText: string;
  took: number;
  headers: [name: string, value: string][];
  text: string;
}

/** Makes the call. With a key, the browser's own session stays out of it. */
export async function send({ method, url, headers, body }: Asked): Promise<Came> {
  const begun = performance.now();
  const answer = await fetch(url, {
    method,
    headers: { Accept: "application/json", ...headers },
    body,
    credentials: headers.Authorization ? "omit" : "same-origin",
  });
  const text = await answer.text();
  return {
    status: answer.status,
    statusText: answer.statusText,
    took: Math.round(performance.now() - begun),
    headers: [...answer.headers],
    text: pretty(text),
  };
}

/** JSON as people read it; anything else as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
