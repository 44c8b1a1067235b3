import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AuthCard } from "@/features/account/AuthCard";
import { LostDevice } from "./LostDevice";
import { SecondStep } from "./SecondStep";

interface SecondStepsProps {
  ticket: string;
  /** The installation can send mail. */
  mail: boolean;
  onDone: () => void;
  onExpired: (error: unknown) => void;
}

/** All that may come after the password: the code, or the way around a lost device. */
export function SecondSteps({ ticket, mail, onDone, onExpired }: SecondStepsProps) {
  const { t } = useTranslation();
  const [lost, setLost] = useState(false);
  return lost ? (
    <AuthCard title={t("links.lost.title")} detail={t("links.lost.detail")}>
      <LostDevice ticket={ticket} mail={mail} onBack={() => setLost(false)} />
    </AuthCard>
  ) : (
    <AuthCard title={t("links.second.title")} detail={t("links.second.detail")}>
      <SecondStep ticket={ticket} onDone={onDone} onExpired={onExpired} onLost={() => setLost(true)} />
    </AuthCard>
  );
}
