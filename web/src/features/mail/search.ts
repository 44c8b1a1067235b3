import { oneOf, reads, type SearchOf } from "@/ui/address/search";

export const STATUSES = ["queued", "sent", "failed", "bounced", "suppressed"] as const;

/** What the address of the mail log says. */
export const mailSearch = reads({ status: oneOf(STATUSES) });
export type MailSearch = SearchOf<typeof mailSearch>;

export const LANGUAGES_OF_MAIL = ["en", "es"] as const;
export type MailLanguage = (typeof LANGUAGES_OF_MAIL)[number];
