import { CircleAlert, CircleCheck, CircleSlash, Clock, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "@/ui/Badge";
import { STATUSES } from "./search";

const FACES = {
  queued: { tone: "info", icon: Clock },
  sent: { tone: "good", icon: CircleCheck },
  failed: { tone: "bad", icon: CircleAlert },
  bounced: { tone: "warn", icon: Undo2 },
  suppressed: { tone: "quiet", icon: CircleSlash },
} as const satisfies Record<(typeof STATUSES)[number], { tone: Tone; icon: typeof Clock }>;

/** What became of a message, in a word. */
export function MessageStatus({ status }: { status: string }) {
  const { t } = useTranslation();
  const known = STATUSES.find((each) => each === status);
  if (!known) return <Badge tone="quiet">{status}</Badge>;
  const { tone, icon: Icon } = FACES[known];
  return (
    <Badge tone={tone} icon={<Icon size={13} aria-hidden="true" />}>
      {t(`mail.status.${known}`)}
    </Badge>
  );
}
