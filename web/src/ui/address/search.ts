/** What one value of an address says; `undefined` when it says nothing that is understood. */
type Reader<T> = (value: unknown) => T | undefined;

/** What an address says, of what is understood in it. */
type Said<Readers> = {
  [Name in keyof Readers]?: Readers[Name] extends Reader<infer T> ? T : never;
};

export type SearchOf<Read> = Read extends (search: Record<string, unknown>) => infer Search ? Search : never;

/**
 * Reads what stands after the `?` of an address.
 *
 * People type, shorten and keep addresses, so nothing here refuses: a value that is not understood is taken as not said.
 * It is named all the same, without a value: the router hands on whatever a page says nothing of.
 */
export function reads<Readers extends Record<string, Reader<unknown>>>(readers: Readers) {
  return (search: Record<string, unknown>): Said<Readers> =>
    Object.fromEntries(
      Object.entries(readers)
        .filter(([name]) => name in search)
        .map(([name, read]) => [name, read(search[name])]),
    ) as Said<Readers>;
}

export const text: Reader<string> = (value) => (typeof value === "string" ? value : undefined);

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id of a thing: `0199f3a2-5c1e-7d3b-9a44-6b1f0c2d8e75`. */
export const id: Reader<string> = (value) =>
  typeof value === "string" && ID.test(value) ? value : undefined;

/** Several ids, separated by commas; what is none is left out. */
export const ids: Reader<string> = (value) =>
  (typeof value === "string" && value.split(",").filter(id).join(",")) || undefined;

export const flag: Reader<boolean> = (value) => (typeof value === "boolean" ? value : undefined);

export const whole: Reader<number> = (value) =>
  typeof value === "number" && Number.isInteger(value) ? value : undefined;

/** A list; what is not understood in it is left out. */
export const many =
  <T>(read: Reader<T>): Reader<T[]> =>
  (value) =>
    Array.isArray(value) ? value.map(read).filter((each) => each !== undefined) : undefined;

export const oneOf =
  <const Word extends string>(words: readonly Word[]): Reader<Word> =>
  (value) =>
    words.find((word) => word === value);

/** Several values under one name; whoever uses them reads each. */
export const record: Reader<Record<string, unknown>> = (value) =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;

/** A date that exists: `2026-11-25`. */
export const day: Reader<string> = (value) => (typeof value === "string" && isDay(value) ? value : undefined);

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/;

/** A moment in UTC: `2026-11-25T09:05:00Z`. */
export const instant: Reader<string> = (value) => {
  const date = typeof value === "string" && INSTANT.exec(value)?.[1];
  return date && isDay(date) && !Number.isNaN(Date.parse(value as string)) ? (value as string) : undefined;
};

/** The name of a time zone: `Europe/Madrid`. */
export const zone: Reader<string> = (value) =>
  typeof value === "string" && isZone(value) ? value : undefined;

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isDay(text: string): boolean {
  const millis = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Browsers read the 30th of February as a day in March.
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(text);
}
