import { CircleAlert, CircleCheck, CircleSlash, Clock } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { WebhookEndpoint } from "@/api/model";
import { Badge, type Tone } from "@/ui/Badge";

type State = "working" | "failing" | "disabled" | "unused";

const FACES = {
  working: { tone: "good", icon: CircleCheck },
  failing: { tone: "warn", icon: CircleAlert },
  disabled: { tone: "bad", icon: CircleSlash },
  unused: { tone: "quiet", icon: Clock },
} as const satisfies Record<State, { tone: Tone; icon: typeof Clock }>;

/** How an endpoint fares. */
function stateOf({ enabled, failing_since, last_success_at }: WebhookEndpoint): State {
  if (!enabled) return "disabled";
  if (failing_since) return "failing";
  return last_success_at ? "working" : "unused";
}

/** How it fares, in a word. One that a person turned off is no cause for alarm. */
export function EndpointState({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation();
  const state = stateOf(endpoint);
  const { tone, icon: Icon } = FACES[state];
  const meant = state === "disabled" && endpoint.disabled?.why === "person";
  return (
    <Badge tone={meant ? "quiet" : tone} icon={<Icon size={13} aria-hidden="true" />}>
      {t(`telling.state.${state}`)}
    </Badge>
  );
}
