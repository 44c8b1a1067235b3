import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/error";
import { errorText } from "@/i18n/error-text";
import { Notice } from "./Notice";

/** Why the whole of a form was refused: in words, and with the request id where it was our fault. */
export function Refusal({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { title, detail, requestId } = errorText(error);
  const ours = error instanceof ApiError && error.status >= 500;
  return (
    <Notice tone="bad" title={title} live>
      {[detail, ours && requestId && t("common.requestId", { id: requestId })].filter(Boolean).join("\n")}
    </Notice>
  );
}
