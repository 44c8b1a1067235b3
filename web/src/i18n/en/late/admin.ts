import { admin, mail } from "../admin";
import { apiKeys } from "../api-keys";
import { audit } from "../audit";
import { publicPages } from "../public-pages";

/** The words of administration, of public pages, of keys and of logs. */
export const adminWords = { admin, apiKeys, audit, mail, publicPages };
