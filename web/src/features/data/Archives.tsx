import { Button, Progress, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Archive, Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Export } from "@/api/model";
import { dateAndTime, fileSize } from "@/i18n/format";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { Quiet, Row, RowName, Rows, RowWords, rowIcon } from "@/ui/Rows";
import { Section } from "@/ui/Section";
import { toastDone, toastFailed } from "@/ui/toast";
import { exportsQuery, useAskForExport, useDeleteExport } from "./queries";

/** Everything in the workspace as one file. */
export function Archives() {
  const { t } = useTranslation();
  const { data: archives, error, refetch } = useQuery(exportsQuery);
  const ask = useAskForExport();
  const make = (
    <Button
      loading={ask.isPending}
      onClick={() => ask.mutate(undefined, { onError: (failure) => toastFailed(failure) })}
    >
      {t("data.archives.ask")}
    </Button>
  );
  return (
    <Section title={t("data.archives.title")} detail={t("data.archives.detail")}>
      {error ? (
        <FailedState error={error} onRetry={() => void refetch()} />
      ) : !archives ? (
        <div aria-busy="true">
          <Skeleton height={120} radius={8} />
        </div>
      ) : archives.length === 0 ? (
        <EmptyState
          icon={<Archive size={20} aria-hidden="true" />}
          title={t("data.archives.none")}
          detail={t("data.archives.noneDetail")}
          action={make}
        />
      ) : (
        <>
          <Rows inner label={t("data.archives.title")}>
            {archives.map((archive) => (
              <ArchiveRow key={archive.id} archive={archive} />
            ))}
          </Rows>
          <div>{make}</div>
        </>
      )}
    </Section>
  );
}

function ArchiveRow({ archive }: { archive: Export }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const remove = useDeleteExport();
  const at = dateAndTime(archive.created_at);
  return (
    <Row>
      <Archive size={18} aria-hidden="true" className={rowIcon} />
      <RowWords>
        <RowName>
          {t("data.archives.of", { at, name: archive.asked_by_name || t("common.deletedAccount") })}
        </RowName>
        <State archive={archive} />
      </RowWords>
      {archive.state === "ready" && (
        <Button
          size="xs"
          component="a"
          href={`/api/exports/${archive.id}/file`}
          download
          aria-label={t("data.archives.fetchNamed", { at })}
          leftSection={<Download size={14} aria-hidden="true" />}
        >
          {t("data.archives.fetch")}
        </Button>
      )}
      <Button
        size="xs"
        variant="danger"
        aria-label={t("data.archives.deleteNamed", { at })}
        onClick={() => setAsking(true)}
      >
        {t("data.archives.delete")}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("data.archives.askDelete")}
        confirm={t("data.archives.delete")}
        destructive
        pending={remove.isPending}
        onConfirm={() =>
          remove.mutate(archive.id, {
            onSuccess: () => toastDone(t("data.archives.deleted")),
            onError: (failure) => toastFailed(failure),
            onSettled: () => setAsking(false),
          })
        }
      >
        <p>{t("data.archives.deleteDetail", { at })}</p>
      </ConfirmDialog>
    </Row>
  );
}

function State({ archive: { state, files, files_done, bytes, expires_at } }: { archive: Export }) {
  const { t } = useTranslation();
  if (state === "failed") return <Quiet>{t("data.archives.failed")}</Quiet>;
  if (state === "ready")
    return (
      <Quiet>
        {fileSize(bytes)} · {t("data.archives.until", { at: dateAndTime(expires_at) })}
      </Quiet>
    );
  const words =
    files > 0 ? t("data.archives.far", { done: files_done, all: files }) : t("data.archives.making");
  return (
    <>
      <Quiet>{words}</Quiet>
      {files > 0 && <Progress value={(100 * files_done) / files} aria-label={words} />}
    </>
  );
}
