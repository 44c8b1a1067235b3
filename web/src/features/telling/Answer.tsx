import { useTranslation } from "react-i18next";
import type { WebhookAttempt } from "@/api/model";
import { duration } from "@/i18n/format";
import { inOurWords } from "@/i18n/server-words";
import { Notice } from "@/ui/Notice";
import { Raw } from "@/ui/Raw";
import { laidOut } from "./words";

/** What came of an attempt: in a sentence, with advice where it failed, and as the other side said it. */
export function Answer({ attempt, live = false }: { attempt: WebhookAttempt; live?: boolean }) {
  const { t } = useTranslation();
  const { outcome, response, error, duration_ms } = attempt;
  const took = duration(duration_ms);
  return (
    <>
      <Notice
        tone={outcome === "succeeded" ? "good" : "bad"}
        live={live}
        title={
          response
            ? t("telling.answered", { status: response.status, took })
            : t("telling.unanswered", { took })
        }
      >
        {error && inOurWords(error)}
      </Notice>
      {response && (
        <Raw title={t("telling.answer")} text={laidOut(response.body)} none={t("telling.answerEmpty")} />
      )}
    </>
  );
}
