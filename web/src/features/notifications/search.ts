import { flag, oneOf, reads } from "@/ui/address/search";
import { KINDS } from "./kinds";

/** What the page's address says. */
export const notificationsSearch = reads({ kind: oneOf(KINDS), unread: flag });
