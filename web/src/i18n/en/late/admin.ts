import { admin, mail } from "../admin";
import { apiKeys } from "../api-keys";
import { audit } from "../audit";

/** The words of administration, of keys and of logs. */
export const adminWords = { admin, apiKeys, audit, mail };
