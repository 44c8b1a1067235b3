import { text } from "@/ui/address/search";

/** What the platform's consent page brought back, as the server puts it into our address. */
export const consentAnswer = { connected: text, error: text, platform: text, error_detail: text };
export type ConsentAnswer = { [Name in keyof typeof consentAnswer]?: string };
