import { Button } from "@mantine/core";
import { KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AuthStatus } from "@/api/model";
import { Notice } from "@/ui/Notice";
import { Refusal } from "@/ui/Refusal";
import { insideAddress } from "./inside-address";
import classes from "./OtherWays.module.css";
import { takesPasskeys } from "./passkeys";
import { usePasskey } from "./use-passkey";

interface OtherWaysProps {
  status: AuthStatus;
  /** Where somebody wanted to be. */
  next: string | undefined;
  onDone: () => void;
}

/** Logging in without a password: with a passkey, or with another provider. */
export function OtherWays({ status, next, onDone }: OtherWaysProps) {
  const { t } = useTranslation();
  const withPasskey = status.passkeys && takesPasskeys();
  const passkey = usePasskey(withPasskey, onDone);
  if (!withPasskey && !status.oidc) return null;
  return (
    <div className={classes.ways}>
      <p className={classes.or}>{t("auth.or")}</p>
      {passkey.failed === true ? (
        <Notice tone="info" title={t("auth.noPasskey")} live />
      ) : (
        passkey.failed !== null && <Refusal error={passkey.failed} />
      )}
      {withPasskey && (
        <Button
          size="md"
          fullWidth
          leftSection={<KeyRound size={16} aria-hidden="true" />}
          loading={passkey.pending}
          onClick={passkey.ask}
        >
          {t("auth.withPasskey")}
        </Button>
      )}
      {status.oidc && (
        <Button
          size="md"
          fullWidth
          component="a"
          href={`/api/auth/oidc/start?return_to=${encodeURIComponent(insideAddress(next))}`}
        >
          {t("auth.continueWith", { name: status.oidc.name })}
        </Button>
      )}
    </div>
  );
}
