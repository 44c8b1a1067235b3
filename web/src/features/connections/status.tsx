import { CircleAlert, CircleCheck, CircleSlash, type LucideIcon, Timer, TimerOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Connection } from "@/api/model";
import { day } from "@/i18n/format";
import { Badge, type Tone } from "@/ui/Badge";

type ConnectionStatus = "connected" | "expiring" | "expired" | "revoked" | "error" | "disconnected";

const FACES: Record<ConnectionStatus, { tone: Tone; icon: LucideIcon }> = {
  connected: { tone: "good", icon: CircleCheck },
  expiring: { tone: "warn", icon: Timer },
  expired: { tone: "bad", icon: TimerOff },
  revoked: { tone: "bad", icon: CircleAlert },
  error: { tone: "bad", icon: CircleAlert },
  disconnected: { tone: "quiet", icon: CircleSlash },
};

/** A status of a newer server than this interface is shown as a problem. */
const knownStatus = (status: string): ConnectionStatus =>
  Object.hasOwn(FACES, status) ? (status as ConnectionStatus) : "error";

export const statusKey = (status: string) => `connections.status.${knownStatus(status)}` as const;

export function ConnectionBadge({ status }: { status: string }) {
  const { t } = useTranslation();
  const { tone, icon: Icon } = FACES[knownStatus(status)];
  return (
    <Badge tone={tone} icon={<Icon size={13} aria-hidden="true" />}>
      {t(statusKey(status))}
    </Badge>
  );
}

/** Only a person can help: the grant is gone, or a permission is missing. */
export const needsPerson = (connection: Connection): boolean =>
  ["expired", "revoked", "error"].includes(connection.status) || connection.missing_scopes.length > 0;

/** How long the access lasts, in words. */
export function useTokenLife(): (connection: Connection) => string {
  const { t } = useTranslation();
  return ({ expires_at, refreshable, status }) => {
    if (!expires_at) return t("connections.life.none");
    if (refreshable && status === "connected") return t("connections.life.renewed");
    const ended = status === "expired" || Date.parse(expires_at) < Date.now();
    return t(ended ? "connections.life.ended" : "connections.life.until", { at: day(expires_at) });
  };
}
