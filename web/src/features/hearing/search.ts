import type { WebhookEvent } from "@/api/model";
import { day, flag, oneOf, reads, type SearchOf, text } from "@/ui/address/search";
import { startOfDay } from "@/ui/time/start-of-day";

/** Where an event can stand, in the order in which it goes through them. */
export const STATUSES = ["pending", "processing", "processed", "failed", "dead_letter"] as const;
export type Status = (typeof STATUSES)[number];

/** What the page's address says. */
export const eventsSearch = reads({
  status: oneOf(STATUSES),
  platform: text,
  kind: text,
  account: text,
  from: day,
  to: day,
  /** With events of accounts that no workspace has connected. */
  everything: flag,
});
export type EventsSearch = SearchOf<typeof eventsSearch>;

interface Asked {
  status?: string;
  platform?: string;
  kind?: string;
  account?: string;
  from?: string;
  to?: string;
}

/** By which events are narrowed down, as the server is asked. */
export function filtersOf({ status, platform, kind, account, from, to }: EventsSearch): Asked {
  const asked = {
    status,
    platform,
    kind,
    account,
    from: from && startOfDay(from),
    // The last day counts whole.
    to: to && startOfDay(to, 1),
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value)) as Asked;
}

export const scopeOf = ({ everything }: EventsSearch): { scope?: string } =>
  everything ? { scope: "installation" } : {};

export const isFiltered = (search: EventsSearch): boolean => Object.keys(filtersOf(search)).length > 0;

/** Whether a person may have it worked off once more. */
export const isRetryable = ({ status }: WebhookEvent): boolean =>
  status !== "pending" && status !== "processing";
