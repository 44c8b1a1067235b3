import { Button, SegmentedControl, Skeleton, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { codeText, errorLine } from "@/i18n/error-text";
import { day } from "@/i18n/format";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { Markdown } from "@/ui/markdown/Markdown";
import { Notice } from "@/ui/Notice";
import { PageHeader } from "@/ui/PageHeader";
import { toastDone, toastFailed } from "@/ui/toast";
import { UnsavedChanges } from "@/ui/UnsavedChanges";
import classes from "./PublicPagesPage.module.css";
import { LEGAL_PAGES, type LegalPageId, legalPageQuery, useReplacePage, useRestorePage } from "./queries";

const route = getRouteApi("/frame/settings/pages");

/** Where an administrator reads and replaces the texts of the public pages. */
export function PublicPagesPage() {
  const { t, i18n } = useTranslation();
  const { user } = useSession();
  const { page = "privacy" } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(legalPageQuery(page, i18n.language));

  return (
    <>
      <PageHeader title={t("publicPages.title")} hint={t("publicPages.hint")}>
        <SegmentedControl
          aria-label={t("publicPages.which")}
          data={LEGAL_PAGES.map((value) => ({ value, label: t(`legal.${value}`) }))}
          value={page}
          onChange={(value) => void navigate({ search: { page: value as LegalPageId } })}
        />
      </PageHeader>
      {!user.is_admin ? (
        <EmptyState title={codeText("forbidden")} detail={t("publicPages.onlyAdmins")} />
      ) : query.error ? (
        <FailedState error={query.error} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <div className={classes.columns} aria-busy="true">
          <Skeleton height={420} radius={12} />
        </div>
      ) : (
        <PageEditor key={`${page} ${query.data.text}`} page={page} stored={query.data} />
      )}
    </>
  );
}

interface Stored {
  text: string;
  is_default: boolean;
  updated_at: string | null;
  updated_by: string | null;
}

function PageEditor({ page, stored }: { page: LegalPageId; stored: Stored }) {
  const { t } = useTranslation();
  const [text, setText] = useState(stored.text);
  const [asking, setAsking] = useState(false);
  const replace = useReplacePage(page);
  const restore = useRestorePage(page);
  const changed = text !== stored.text;

  return (
    <div className={classes.columns}>
      <UnsavedChanges unsaved={changed} />
      <div className={classes.edit}>
        <Notice
          tone="info"
          title={
            stored.is_default
              ? t("publicPages.isDefault")
              : t("publicPages.isReplaced", {
                  name: stored.updated_by ?? t("common.deletedAccount"),
                  at: stored.updated_at ? day(stored.updated_at) : "",
                })
          }
        />
        <Textarea
          label={t("publicPages.text")}
          description={t("publicPages.help")}
          autosize
          minRows={18}
          maxRows={32}
          value={text}
          error={replace.error && errorLine(replace.error)}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={classes.actions}>
          <Button
            variant="filled"
            disabled={!changed}
            loading={replace.isPending}
            onClick={() => replace.mutate(text, { onSuccess: () => toastDone(t("publicPages.saved")) })}
          >
            {t("publicPages.save")}
          </Button>
          <Button
            component="a"
            href={`/${page}`}
            target="_blank"
            leftSection={<ExternalLink size={14} aria-hidden="true" />}
          >
            {t("publicPages.view")}
          </Button>
          {!stored.is_default && (
            <Button variant="danger" onClick={() => setAsking(true)}>
              {t("publicPages.restore")}
            </Button>
          )}
        </div>
      </div>
      <section className={classes.preview} aria-label={t("publicPages.preview")}>
        <Markdown text={text} below={1} />
      </section>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("publicPages.restoreTitle", { page: t(`legal.${page}`) })}
        confirm={t("publicPages.restore")}
        dismiss={t("publicPages.keepMine")}
        destructive
        pending={restore.isPending}
        onConfirm={() =>
          restore.mutate(undefined, {
            onSuccess: () => toastDone(t("publicPages.restored")),
            onError: (error) => toastFailed(error),
            onSettled: () => setAsking(false),
          })
        }
      >
        <p>{t("publicPages.restoreDetail")}</p>
      </ConfirmDialog>
    </div>
  );
}
