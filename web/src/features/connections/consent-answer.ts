import { z } from "zod";

const word = z.string().optional().catch(undefined);

/** What the platform's consent page brought back, as the server puts it into our address. */
export const consentAnswer = z.object({ connected: word, error: word, platform: word, error_detail: word });
export type ConsentAnswer = z.infer<typeof consentAnswer>;
