import { CircleAlert, CircleCheck, CircleSlash, Timer } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ApiKey } from "@/api/model";
import { Badge, type Tone } from "@/ui/Badge";

const FACES = {
  active: { tone: "good", icon: CircleCheck },
  expired: { tone: "warn", icon: Timer },
  revoked: { tone: "quiet", icon: CircleSlash },
  without_owner: { tone: "bad", icon: CircleAlert },
} as const satisfies Record<ApiKey["state"], { tone: Tone; icon: typeof Timer }>;

/** Whether a key works, in a word. */
export function KeyState({ state }: { state: ApiKey["state"] }) {
  const { t } = useTranslation();
  const { tone, icon: Icon } = FACES[state];
  return (
    <Badge tone={tone} icon={<Icon size={13} aria-hidden="true" />}>
      {t(`apiKeys.state.${state}`)}
    </Badge>
  );
}
