import { CircleAlert, CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { WebhookAttempt } from "@/api/model";
import { Badge } from "@/ui/Badge";

/** Whether the other side took it, in a word. */
export function Outcome({ outcome }: Pick<WebhookAttempt, "outcome">) {
  const { t } = useTranslation();
  const good = outcome === "succeeded";
  const Icon = good ? CircleCheck : CircleAlert;
  return (
    <Badge tone={good ? "good" : "bad"} icon={<Icon size={13} aria-hidden="true" />}>
      {good ? t("telling.outcome.succeeded") : t("telling.outcome.failed")}
    </Badge>
  );
}
