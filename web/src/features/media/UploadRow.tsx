import { ActionIcon, Button, FileButton } from "@mantine/core";
import { CirclePause, CirclePlay, RotateCw, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { errorLine } from "@/i18n/error-text";
import { fileSize, percent } from "@/i18n/format";
import { Bar } from "@/ui/Bar";
import { ACCEPT } from "./accept";
import classes from "./UploadList.module.css";
import type { UploadItem, UploadQueue } from "./upload-queue";

/** One file on its way. */
export function UploadRow({ item, queue }: { item: UploadItem; queue: UploadQueue }) {
  const { t } = useTranslation();
  const { name, size, state } = item;
  const failed = state === "failed";
  return (
    <div className={classes.row} data-failed={failed || undefined}>
      <div className={classes.words}>
        <p className={classes.name}>{failed ? t("library.failed", { name }) : name}</p>
        <p className={classes.state} role={failed ? "alert" : undefined}>
          <UploadState item={item} />
        </p>
        {!failed && state !== "interrupted" && (
          <Bar label={name} percent={size > 0 ? (item.sent / size) * 100 : 0} />
        )}
      </div>
      {state === "interrupted" && (
        <FileButton
          onChange={(file) => file && queue.add([file], item.folder)}
          accept={ACCEPT}
          inputProps={{ "aria-label": t("library.chooseAgainFor", { name }) }}
        >
          {(props) => (
            <Button size="xs" {...props}>
              {t("library.chooseAgain")}
            </Button>
          )}
        </FileButton>
      )}
      {state === "sending" && item.resumable && (
        <ActionIcon aria-label={t("library.pause", { name })} onClick={() => queue.pause(item.key)}>
          <CirclePause size={18} aria-hidden="true" />
        </ActionIcon>
      )}
      {state === "paused" && (
        <ActionIcon aria-label={t("library.resume", { name })} onClick={() => queue.resume(item.key)}>
          <CirclePlay size={18} aria-hidden="true" />
        </ActionIcon>
      )}
      {(failed || state === "offline") && (
        <ActionIcon aria-label={t("library.retry", { name })} onClick={() => queue.resume(item.key)}>
          <RotateCw size={16} aria-hidden="true" />
        </ActionIcon>
      )}
      <ActionIcon
        aria-label={t(failed ? "library.dismiss" : "library.cancel", { name })}
        onClick={() => queue.remove(item.key)}
      >
        <X size={18} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}

function UploadState({ item }: { item: UploadItem }) {
  const { t } = useTranslation();
  const { size, state, sent } = item;
  if (state === "failed") return errorLine(item.error);
  if (state === "interrupted") return t("library.interrupted", { total: fileSize(size) });
  if (state === "offline") return t("library.offline");
  if (state === "paused") return t("library.paused", { percent: percent(sent, size) });
  if (state === "waiting") return t("library.waiting", { total: fileSize(size) });
  // Everything is sent; the server looks at what the file really is.
  if (sent >= size && size > 0) return t("library.preparing");
  return t("library.uploading", { sent: fileSize(sent), total: fileSize(size) });
}
