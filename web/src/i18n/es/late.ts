import type { late as english } from "../en/late";
import type { Translation } from "../translation";
import { admin, mail } from "./admin";
import { apiDocs } from "./api-docs";
import { apiKeys } from "./api-keys";
import { audit } from "./audit";
import { data } from "./data";
import { hearing } from "./hearing";
import { links } from "./links";
import { listening } from "./listening";
import { members } from "./members";
import { notifications } from "./notifications";
import { security, settings, workspace } from "./settings";
import { telling } from "./telling";

/** Las palabras de páginas que rara vez son la primera. */
export const late: Translation<typeof english> = {
  admin,
  apiDocs,
  apiKeys,
  audit,
  data,
  hearing,
  links,
  listening,
  mail,
  members,
  notifications,
  security,
  settings,
  telling,
  workspace,
};
