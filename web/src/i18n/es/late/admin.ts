import type { adminWords as english } from "../../en/late/admin";
import type { Translation } from "../../translation";
import { admin, mail } from "../admin";
import { apiKeys } from "../api-keys";
import { audit } from "../audit";
import { publicPages } from "../public-pages";

/** Las palabras de administración, claves y registros. */
export const adminWords: Translation<typeof english> = { admin, apiKeys, audit, mail, publicPages };
