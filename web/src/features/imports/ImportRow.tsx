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
import { useFocusPassedOn } from "./use-focus-passed-on";

interface ImportRowProps {
  item: MediaImport;
  onWanted?: ((id: string, wanted: boolean) => void) | undefined;
}

/** Where the focus goes on. */
const beside = (row: Element) => row.nextElementSibling ?? row.previousElementSibling;
const around = (button: Element) => button.parentElement;

/** One file on its way from a connected account: how far it is, why it waits or failed, and the ways to try again and to call it off. */
export function ImportRow({ item, onWanted }: ImportRowProps) {
  const { t } = useTranslation();
  const callOff = useCallOffImport(onWanted);
  const { file_name: name, bytes, received, state, error, connection_id: connectionId } = item;
  const failed = state === "failed";
  const measured = state === "fetching" || received > 0;
  return (
    <div
      ref={useFocusPassedOn<HTMLDivElement>(beside)}
      className={classes.row}
      data-failed={failed || undefined}
    >
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
      {failed && <Retry item={item} />}
      <ActionIcon
        aria-label={t(failed ? "imports.dismiss" : "imports.callOff", { name })}
        // A button that is disabled loses the focus.
        aria-busy={callOff.isPending}
        onClick={() => callOff.isPending || callOff.mutate(item)}
      >
        <X size={18} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}

function Retry({ item: { id, file_name: name } }: { item: MediaImport }) {
  const { t } = useTranslation();
  const retry = useRetryImport();
  return (
    <Button
      ref={useFocusPassedOn<HTMLButtonElement>(around)}
      size="xs"
      leftSection={<RotateCw size={13} aria-hidden="true" />}
      aria-busy={retry.isPending}
      aria-label={t("imports.retryNamed", { name })}
      onClick={() =>
        retry.isPending ||
        retry.mutate(id, { onError: (why) => toastFailed(why, t("imports.notRetried", { name })) })
      }
    >
      {t("imports.retry")}
    </Button>
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
