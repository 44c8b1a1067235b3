import { oneOf, reads } from "@/ui/address/search";

export const TABS = ["overview", "channels", "hearing", "permissions", "history", "settings"] as const;

/** Which part of an account is shown; the first when the address names none. */
export const connectionTab = reads({ tab: oneOf(TABS) });
