import { CircleAlert, CircleCheck, Clock, LoaderCircle, RotateCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "@/ui/Badge";
import { STATUSES, type Status } from "./search";

const FACES = {
  pending: { tone: "quiet", icon: Clock },
  processing: { tone: "info", icon: LoaderCircle },
  processed: { tone: "good", icon: CircleCheck },
  failed: { tone: "warn", icon: RotateCw },
  dead_letter: { tone: "bad", icon: CircleAlert },
} as const satisfies Record<Status, { tone: Tone; icon: typeof Clock }>;

/** Where an event stands, in a word. */
export function StatusBadge({ status }: { status: string }) {
  const { t } = useTranslation();
  const known = STATUSES.find((each) => each === status);
  if (!known) return <Badge tone="quiet">{status}</Badge>;
  const { tone, icon: Icon } = FACES[known];
  return (
    <Badge tone={tone} icon={<Icon size={13} aria-hidden="true" />}>
      {t(`hearing.status.${known}`)}
    </Badge>
  );
}
