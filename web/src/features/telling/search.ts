import { oneOf, reads, type SearchOf, text } from "@/ui/address/search";

export const OUTCOMES = ["succeeded", "failed"] as const;

/** What the address of an endpoint says of its attempts. */
export const attemptsSearch = reads({
  outcome: oneOf(OUTCOMES),
  event: text,
  message: text,
});
export type AttemptsSearch = SearchOf<typeof attemptsSearch>;

interface Asked {
  outcome?: string;
  event_type?: string;
  message_id?: string;
}

/** By what attempts are narrowed down, as the server is asked. */
export function filtersOf({ outcome, event, message }: AttemptsSearch): Asked {
  const asked = { outcome, event_type: event, message_id: message };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value)) as Asked;
}

export const isFiltered = (search: AttemptsSearch): boolean => Object.keys(filtersOf(search)).length > 0;
