import { Button, FileButton, Skeleton } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { Images, Upload } from "lucide-react";
import { useCallback, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "@/ui/Badge";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { PageHeader } from "@/ui/PageHeader";
import { ACCEPT, FileDrop } from "./FileDrop";
import classes from "./LibraryPage.module.css";
import { mediaListQuery } from "./queries";
import { Thumb } from "./Thumb";
import { UploadList } from "./UploadList";
import { UploadQueue } from "./upload-queue";

/** Lives as long as the page's tab, so that uploads go on while the person looks elsewhere. */
const queue = new UploadQueue(() => undefined);

/** Every picture and video of the workspace. */
export function LibraryPage() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const media = useInfiniteQuery(mediaListQuery);
  const items = media.data?.pages.flatMap((page) => page.items) ?? [];
  const add = useCallback((files: File[]) => queue.add(files), []);

  useEffect(() => {
    queue.onUploaded(() => void queryClient.invalidateQueries({ queryKey: mediaListQuery.queryKey }));
  }, [queryClient]);

  const chooser = (words: string, filled: boolean) => (
    <FileButton onChange={add} accept={ACCEPT} multiple inputProps={{ "aria-label": t("library.choose") }}>
      {(props) => (
        <Button
          variant={filled ? "filled" : "default"}
          leftSection={<Upload size={15} aria-hidden="true" />}
          {...props}
        >
          {words}
        </Button>
      )}
    </FileButton>
  );

  return (
    <>
      <PageHeader
        title={t("library.title")}
        hint={t("library.hint")}
        action={chooser(t("library.upload"), true)}
      />
      <div className={classes.page}>
        <UploadList queue={queue} />
        {media.error ? (
          <FailedState error={media.error} onRetry={() => void media.refetch()} />
        ) : !media.data ? (
          <div className={classes.grid} aria-busy="true">
            {["a", "b", "c", "d", "e", "f"].map((key) => (
              <Skeleton key={key} className={classes.skeleton} radius={12} />
            ))}
          </div>
        ) : items.length === 0 ? (
          <EmptyState
            icon={<Images size={20} aria-hidden="true" />}
            title={t("library.emptyTitle")}
            detail={`${t("library.emptyDetail")} ${t("library.kinds")}.`}
            action={chooser(t("library.choose"), false)}
          />
        ) : (
          <ul className={classes.grid}>
            {items.map((item) => (
              <li key={item.id} className={classes.tile}>
                <Link
                  to="/library/$mediaId"
                  params={{ mediaId: item.id }}
                  aria-label={t("library.openItem", { name: item.file_name })}
                >
                  <Thumb media={item} />
                </Link>
                <span className={classes.alt}>
                  <Badge tone={item.alt ? "good" : "warn"}>
                    {t(item.alt ? "library.hasAlt" : "library.noAlt")}
                  </Badge>
                </span>
              </li>
            ))}
          </ul>
        )}
        {media.hasNextPage && (
          <Button
            className={classes.more}
            loading={media.isFetchingNextPage}
            onClick={() => void media.fetchNextPage()}
          >
            {t("common.loadMore")}
          </Button>
        )}
      </div>
      <FileDrop onFiles={add} />
      <Outlet />
    </>
  );
}
