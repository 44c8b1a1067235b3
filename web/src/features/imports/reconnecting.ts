/** What goes wrong because the connection itself is at an end, or was given too little. */
const CODES = new Set(["connection_expired", "credentials_unreadable", "permission_missing"]);

/** Whether connecting again is what helps. */
export const needsReconnecting = (code: string): boolean => CODES.has(code);
