import {
  CircleAlert,
  CircleCheck,
  CirclePause,
  CircleSlash,
  CircleX,
  Clock,
  ClockAlert,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  PenLine,
  Trash2,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { Badge, type Tone } from "@/ui/Badge";
import classes from "./StateBadge.module.css";
import { knownState, shownState, stateKey } from "./states";
import { type ChangedThere, isGoneThere } from "./there";

const FACES: Record<ReturnType<typeof knownState>, { tone: Tone; icon: LucideIcon }> = {
  draft: { tone: "quiet", icon: PenLine },
  waiting_approval: { tone: "warn", icon: Hourglass },
  scheduled: { tone: "accent", icon: Clock },
  paused: { tone: "warn", icon: CirclePause },
  publishing: { tone: "info", icon: LoaderCircle },
  published: { tone: "good", icon: CircleCheck },
  partly_published: { tone: "warn", icon: CircleAlert },
  failed: { tone: "bad", icon: CircleX },
  needs_attention: { tone: "bad", icon: CircleAlert },
  cancelled: { tone: "quiet", icon: CircleSlash },
  missed: { tone: "bad", icon: ClockAlert },
};

/** The colour and the sign of a state. */
export const faceOf = (state: string) => FACES[knownState(state)];

/** Where a post or a delivery stands, in a word. */
export function StateBadge({ state }: { state: string }) {
  const { t } = useTranslation();
  const { tone, icon: Icon } = faceOf(state);
  return (
    <Badge
      tone={tone}
      icon={
        <Icon size={13} aria-hidden="true" className={state === "publishing" ? classes.turning : undefined} />
      }
    >
      {t(stateKey(state))}
    </Badge>
  );
}

/** The sign of what was done at the platform to what is published. */
export const thereIcon = (change: ChangedThere): LucideIcon => (change === "removed" ? Trash2 : PenLine);

/** What was done at the platform to what is published: "published" alone would be half the truth. */
export function ThereBadge({ change }: { change: ChangedThere }) {
  const { t } = useTranslation();
  const Icon = thereIcon(change);
  return (
    <Badge tone="warn" icon={<Icon size={13} aria-hidden="true" />}>
      {t(`posts.delivery.there.${change}`)}
    </Badge>
  );
}

/** Where a whole post stands, and that it is no longer there. */
export function PostBadge({ post }: { post: Pick<Post, "state" | "paused_at" | "deliveries"> }) {
  if (isGoneThere(post.deliveries)) return <ThereBadge change="removed" />;
  return <StateBadge state={shownState(post.state, Boolean(post.paused_at))} />;
}
