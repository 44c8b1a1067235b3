import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Platform } from "@/api/model";
import { codeText } from "@/i18n/error-text";
import { inOurWords } from "@/i18n/server-words";
import { Notice } from "@/ui/Notice";
import type { ConsentAnswer } from "./consent-answer";

/** Why nothing was connected, after the person came back from the platform. */
export function ConsentRefusal({
  answer,
  platforms,
  action,
}: {
  answer: ConsentAnswer;
  platforms: Platform[];
  action?: ReactNode;
}) {
  const { t } = useTranslation();
  if (!answer.error) return null;
  const name = platforms.find(({ id }) => id === answer.platform)?.name ?? answer.platform ?? "";
  return (
    <Notice tone="bad" live title={t("connections.refused.title", { name })} action={action}>
      {answer.error_detail ? inOurWords(answer.error_detail) : codeText(answer.error)}
    </Notice>
  );
}
