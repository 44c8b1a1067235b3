import type { late as english } from "../en/late";
import type { Translation } from "../translation";
import { admin, mail } from "./admin";
import { apiKeys } from "./api-keys";
import { audit } from "./audit";
import { hearing } from "./hearing";
import { help } from "./help";
import { links } from "./links";
import { members } from "./members";
import { security, settings, workspace } from "./settings";

/** Las palabras de páginas que rara vez son la primera. */
export const late: Translation<typeof english> = {
  admin,
  apiKeys,
  audit,
  hearing,
  help,
  links,
  mail,
  members,
  security,
  settings,
  workspace,
};
