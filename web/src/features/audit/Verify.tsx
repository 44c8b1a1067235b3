import { Button } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AuditVerdict } from "@/api/model";
import { Refusal } from "@/ui/Refusal";
import { Verdict } from "./Verdict";

interface VerifyProps {
  verify: UseMutationResult<AuditVerdict, Error, void>;
}

/** Has a log looked through for anything that was changed behind its back. */
export function VerifyButton({ verify }: VerifyProps) {
  const { t } = useTranslation();
  return (
    <Button
      leftSection={<ShieldCheck size={14} aria-hidden="true" />}
      data-tip={t("audit.verify.detail")}
      loading={verify.isPending}
      onClick={() => verify.mutate()}
    >
      {t("audit.verify.action")}
    </Button>
  );
}

/** What came of it. */
export function Verified({ verify }: VerifyProps) {
  return (
    <>
      {verify.error && <Refusal error={verify.error} />}
      {verify.data && <Verdict verdict={verify.data} />}
    </>
  );
}
