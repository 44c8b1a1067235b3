import { flag, oneOf, reads } from "@/ui/address/search";
import { KINDS } from "./words";

/** What the page's address says. */
export const notificationsSearch = reads({ kind: oneOf(KINDS), unread: flag });
