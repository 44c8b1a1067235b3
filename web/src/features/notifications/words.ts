import type { LinkProps } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import type { Notification } from "@/api/model";

/** What happened, in a few words. */
export function happened(one: Notification, t: TFunction): string {
  const { kind, what, count } = one;
  if (kind === "events_unclaimed") return t("notifications.did.events_unclaimed", { count: Number(what) });
  if (kind === "post_changed_there")
    return t(what === "removed" ? "notifications.did.removed_there" : "notifications.did.edited_there");
  if (kind === "security_alert") return t(`notifications.alert.${alertOf(what)}`);
  return t(`notifications.did.${kind}`, { count });
}

const ALERTS = [
  "password_changed",
  "two_factor_on",
  "two_factor_off",
  "two_factor_taken_off",
  "recovery_begun",
  "recovery_stopped",
  "backup_codes_made",
  "backup_code_used",
  "sign_in_linked",
  "sign_in_unlinked",
  "passkey_added",
  "passkey_removed",
  "passkey_refused",
  "new_sign_in",
  "api_key_made",
] as const;

const alertOf = (what: string | null) => ALERTS.find((alert) => alert === what) ?? "other";

/** What it is about, in the words of whoever named it. */
export function about(one: Notification, t: TFunction): string {
  if (one.title) return one.title;
  return one.post_id ? t("notifications.noText") : "";
}

/** Where one looks at it. */
export function placeOf({ kind, post_id, subject, what }: Notification): LinkProps {
  if (post_id) return { to: "/posts/$postId", params: { postId: post_id }, search: {} };
  if (kind === "connection_trouble")
    return { to: "/connections/$connectionId", params: { connectionId: subject }, search: {} };
  if (kind === "events_unclaimed") return { to: "/webhooks", search: { everything: true } };
  if (what === "api_key_made") return { to: "/settings/api-keys", search: {} };
  if (kind === "security_alert") return { to: "/settings/security", search: {} };
  return { to: "/webhooks", search: {} };
}
