/** What a member can be, from what may do most to what may do least. */
export const ROLES = ["owner", "admin", "editor", "contributor", "assistant", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** Whether somebody with this role manages the workspace and its people. */
export const manages = (role: string): boolean => role === "owner" || role === "admin";

/** Whether somebody with this role publishes posts, and tries them again. */
export const publishes = (role: string): boolean => manages(role) || role === "editor";

/** Whether somebody with this role sees what is told to other programs. */
export const readsWebhooks = (role: string): boolean => manages(role) || role === "editor";
