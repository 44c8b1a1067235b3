import { ActionIcon, Button } from "@mantine/core";
import { RotateCw, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { MediaImport } from "@/api/model";
import classes from "@/features/media/UploadList.module.css";
import { codeText } from "@/i18n/error-text";
import { fileSize } from "@/i18n/format";
import { inOurWords } from "@/i18n/server-words";
import { Bar } from "@/ui/Bar";
import { ButtonLink } from "@/ui/links";
import { toastFailed } from "@/ui/toast";
import { useCallOffImport, useRetryImport } from "./change-imports";
import { needsReconnecting } from "./reconnecting";

interface ImportRowProps {
  item: MediaImport;
  /** Told when the person wants it no more. */
  onCalledOff?: ((id: string) => void) | undefined;
}

/** One file on its way from a connected account: how far it is, why it waits or failed, and the ways to try again and to call it off. */
export function ImportRow({ item, onCalledOff }: ImportRowProps) {
  const { t } = useTranslation();
  const retry = useRetryImport();
  const callOff = useCallOffImport();
  const { id, file_name: name, bytes, received, state, error, connection_id: connectionId } = item;
  const failed = state === "failed";
  const measured = state === "fetching" || received > 0;
  return (
    <div className={classes.row} data-failed={failed || undefined}>
      <div className={classes.words}>
        <p className={classes.name}>{failed ? t("imports.failed", { name }) : name}</p>
        <p className={classes.state} role={failed ? "alert" : undefined}>
          <ImportState item={item} />
        </p>
        {!failed && bytes !== null && bytes > 0 && measured && (
          <Bar label={name} percent={Math.min(received / bytes, 1) * 100} />
        )}
      </div>
      {failed && error && connectionId && needsReconnecting(error.code) && (
        <ButtonLink size="xs" to="/connections/$connectionId" params={{ connectionId }} search={{}}>
          {t("imports.connection")}
        </ButtonLink>
      )}
      {failed && (
        <Button
          size="xs"
          leftSection={<RotateCw size={13} aria-hidden="true" />}
          loading={retry.isPending}
          aria-label={t("imports.retryNamed", { name })}
          onClick={() =>
            retry.mutate(id, { onError: (why) => toastFailed(why, t("imports.notRetried", { name })) })
          }
        >
          {t("imports.retry")}
        </Button>
      )}
      <ActionIcon
        aria-label={t(failed ? "imports.dismiss" : "imports.callOff", { name })}
        loading={callOff.isPending}
        onClick={() =>
          callOff.mutate(id, {
            onSuccess: () => onCalledOff?.(id),
            onError: (why) => toastFailed(why, t("imports.notCalledOff", { name })),
          })
        }
      >
        <X size={18} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}

function ImportState({ item: { state, error, bytes, received } }: { item: MediaImport }) {
  const { t } = useTranslation();
  const why = error && (inOurWords(error.detail) || codeText(error.code));
  if (state === "failed") return why ?? codeText("internal");
  if (state === "waiting") {
    // The reason says that it goes on by itself.
    if (why) return why;
    return bytes === null ? t("imports.turn") : t("imports.turnOf", { total: fileSize(bytes) });
  }
  if (bytes === null) return t("imports.soFar", { received: fileSize(received) });
  // All of it is here; the server looks at what the file really is.
  if (received >= bytes) return t("imports.checking");
  return t("imports.progress", { received: fileSize(received), total: fileSize(bytes) });
}
