import type { TFunction } from "i18next";
import { ROLES } from "./roles";

/** A role in a word; one of a newer server by its own name. */
export function roleName(t: TFunction, role: string): string {
  const known = ROLES.find((each) => each === role);
  return known ? t(`members.role.${known}`) : role;
}
