import { admin, mail } from "./admin";
import { apiKeys } from "./api-keys";
import { audit } from "./audit";
import { hearing } from "./hearing";
import { help } from "./help";
import { links } from "./links";
import { members } from "./members";
import { security, settings, workspace } from "./settings";

/** The words of pages that are seldom the first, which come with them. */
export const late = {
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
