import type { TFunction } from "i18next";

/** What a member can be, from what may do most to what may do least. */
export const ROLES = ["owner", "admin", "editor", "contributor", "assistant", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** A role in a word; one of a newer server by its own name. */
export function roleName(t: TFunction, role: string): string {
  const known = ROLES.find((each) => each === role);
  return known ? t(`members.role.${known}`) : role;
}

/** Whether somebody with this role manages the workspace and its people. */
export const manages = (role: string): boolean => role === "owner" || role === "admin";

/** Whether somebody with this role sees what is told to other programs. */
export const readsWebhooks = (role: string): boolean => manages(role) || role === "editor";
