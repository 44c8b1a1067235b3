import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/error";
import classes from "@/features/account/AuthCard.module.css";
import { useSecondStep } from "@/features/account/session";
import { saysMore } from "@/i18n/error-text";
import { Refusal } from "@/ui/Refusal";
import { needed, useTexts } from "@/ui/use-texts";

interface SecondStepProps {
  ticket: string;
  onDone: () => void;
  /** The ticket no longer counts: password and code have to be given again. */
  onExpired: (error: unknown) => void;
  onLost: () => void;
}

/** The second step: a code of the app, or one of those kept for the day when the device is gone. */
export function SecondStep({ ticket, onDone, onExpired, onLost }: SecondStepProps) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(false);
  const second = useSecondStep();
  const { set, field, sends } = useTexts({ code: "" }, { code: needed }, second.error);
  return (
    <form
      className={classes.form}
      onSubmit={sends(({ code }) =>
        second.mutate(
          { ticket, code: code.trim() },
          {
            onSuccess: onDone,
            onError: (error) => {
              if (error instanceof ApiError && error.code === "ticket_expired") onExpired(error);
            },
          },
        ),
      )}
      noValidate
    >
      {saysMore(second.error, ["code"]) && <Refusal error={second.error} />}
      <TextInput
        key={kept ? "kept" : "app"}
        size="md"
        autoFocus
        autoComplete={kept ? "off" : "one-time-code"}
        inputMode={kept ? "text" : "numeric"}
        autoCapitalize="none"
        spellCheck={false}
        label={t(kept ? "links.second.backupCode" : "links.second.code")}
        description={t(kept ? "links.second.backupHelp" : "links.second.codeHelp")}
        {...field("code")}
      />
      <Button type="submit" variant="filled" size="md" fullWidth loading={second.isPending}>
        {t("auth.logIn")}
      </Button>
      <div className={classes.others}>
        <Button
          variant="subtle"
          onClick={() => {
            set("code", "");
            second.reset();
            setKept(!kept);
          }}
        >
          {t(kept ? "links.second.useApp" : "links.second.useBackup")}
        </Button>
        <Button variant="subtle" onClick={onLost}>
          {t("links.second.lost")}
        </Button>
      </div>
    </form>
  );
}
