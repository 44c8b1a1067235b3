import { day, reads, type SearchOf, text } from "@/ui/address/search";
import { startOfDay } from "@/ui/time/start-of-day";

/** What the log's address says. */
export const auditSearch = reads({
  actor: text,
  action: text,
  kind: text,
  subject: text,
  from: day,
  to: day,
});
export type AuditSearch = SearchOf<typeof auditSearch>;

interface Asked {
  actor?: string;
  action?: string;
  subject_kind?: string;
  subject_id?: string;
  from?: string;
  to?: string;
}

/** What the log's address asks of the server. */
export function auditParameters({ actor, action, kind, subject, from, to }: AuditSearch): Asked {
  const asked = {
    actor,
    action,
    subject_kind: kind,
    subject_id: subject,
    from: from && startOfDay(from),
    // The last day counts whole.
    to: to && startOfDay(to, 1),
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value)) as Asked;
}

export const isFiltered = (search: AuditSearch): boolean => Object.values(search).some(Boolean);

/** Where the browser fetches what is listed of a log as a file. */
export const exportAddress = (
  log: "audit" | "admin/audit",
  format: "csv" | "json",
  search: AuditSearch,
): string => `/api/${log}/export?${new URLSearchParams({ format, ...auditParameters(search) })}`;
