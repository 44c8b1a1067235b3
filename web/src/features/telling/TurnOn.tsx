import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { toastDone, toastFailed } from "@/ui/toast";
import { useChangeEndpoint } from "./queries";

/** Has an endpoint told again that is turned off. */
export function TurnOn({ id }: { id: string }) {
  const { t } = useTranslation();
  const change = useChangeEndpoint(id);
  return (
    <Button
      size="xs"
      loading={change.isPending}
      onClick={() =>
        change.mutate(
          { enabled: true },
          {
            onSuccess: () => toastDone(t("telling.on.done")),
            onError: (error) => toastFailed(error),
          },
        )
      }
    >
      {t("telling.on.action")}
    </Button>
  );
}
