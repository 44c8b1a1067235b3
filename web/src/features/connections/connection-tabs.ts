import { z } from "zod";

export const TABS = ["overview", "channels", "permissions", "history", "settings"] as const;

/** Which part of an account is shown; the first when the address names none. */
export const connectionTab = z.object({ tab: z.enum(TABS).optional().catch(undefined) });
