import { Button } from "@mantine/core";
import { Send } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { WebhookEndpoint } from "@/api/model";

const TestDialog = lazy(async () => ({ default: (await import("./TestDialog")).TestDialog }));

/** Tries the endpoint. */
export function TestButton({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation();
  const [testing, setTesting] = useState(false);
  return (
    <>
      <Button
        variant="filled"
        leftSection={<Send size={14} aria-hidden="true" />}
        onClick={() => setTesting(true)}
      >
        {t("telling.test.action")}
      </Button>
      <Suspense>{testing && <TestDialog endpoint={endpoint} onClose={() => setTesting(false)} />}</Suspense>
    </>
  );
}
