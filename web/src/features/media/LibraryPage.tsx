import { Button, FileButton } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet } from "@tanstack/react-router";
import { FolderOpen, Images, Search, Upload } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { useShortcuts } from "@/features/frame/shortcuts/use-shortcuts";
import { AddMenu } from "@/features/imports/AddMenu";
import { importsQuery } from "@/features/imports/imports-query";
import { withWords } from "@/i18n";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { Dialog } from "@/ui/over/Dialog";
import { PageHeader } from "@/ui/PageHeader";
import { Together } from "@/ui/Together";
import { toastFailed, toastUndo } from "@/ui/toast";
import { ACCEPT } from "./accept";
import { Breadcrumbs } from "./Breadcrumbs";
import type { BulkTask } from "./BulkBar";
import { FileDrop } from "./FileDrop";
import { type FolderTask, FolderTree } from "./FolderTree";
import { LibraryFilters } from "./LibraryFilters";
import classes from "./LibraryPage.module.css";
import { LoadingGrid } from "./LoadingGrid";
import { isNarrowed, type LibrarySearch, NO_FOLDER } from "./library-search";
import { foldersQuery, libraryQuery, tagsQuery, useChangeMedia, useMediaCame } from "./queries";
import { kept, NOTHING, type Selection } from "./selection";
import { UploadList } from "./UploadList";
import { UploadMemory } from "./upload-memory";
import { UploadQueue } from "./upload-queue";

// The grid comes while its files are asked for.
const loadGrid = import("./MediaGrid");
const MediaGrid = lazy(async () => ({ default: (await loadGrid).MediaGrid }));
const BulkBar = lazy(async () => ({
  default: (await withWords(["chosen-files"], () => import("./BulkBar"))).BulkBar,
}));
const ImportList = lazy(async () => ({
  default: (await withWords(["imports"], () => import("@/features/imports/ImportList"))).ImportList,
}));
const FolderDialog = lazy(async () => ({ default: (await import("./FolderDialogs")).FolderDialog }));

const route = getRouteApi("/frame/library");

/** Lives as long as the page's tab, so that uploads go on while the person looks elsewhere. */
const queue = new UploadQueue(() => undefined);

/** Every picture and video of the workspace. */
export function LibraryPage() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: folders = [] } = useQuery(foldersQuery);
  const media = useInfiniteQuery({ ...libraryQuery(search), placeholderData: keepPreviousData });
  const tags = useQuery(tagsQuery);
  const { data: imports = [] } = useQuery(importsQuery);
  const loading = <LoadingGrid view={search.view ?? "grid"} />;
  const items = useMemo(() => media.data?.pages.flatMap((page) => page.items) ?? [], [media.data]);
  const folder = search.folder && search.folder !== NO_FOLDER ? search.folder : null;
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [task, setTask] = useState<BulkTask | null>(null);
  const [folderTask, setFolderTask] = useState<FolderTask | null>(null);
  const [foldersOpen, setFoldersOpen] = useState(false);
  const change = useChangeMedia();
  const add = useCallback((files: File[]) => queue.add(files, folder), [folder]);
  const came = useMediaCame();

  useEffect(() => queue.onUploaded(came), [came]);
  useEffect(() => queue.remember(new UploadMemory(workspace.id)), [workspace.id]);
  const narrowing = JSON.stringify({ ...search, view: undefined });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was chosen in another list is not chosen in this one
  useEffect(() => setSelection(NOTHING), [narrowing]);

  const go = (to: Partial<LibrarySearch>, replace = false) =>
    void navigate({ to: "/library", search: (now) => ({ ...now, ...to }), replace });
  const moveTo = (ids: string[], target: string | null) => {
    const moving = ids.flatMap((id) => items.find((item) => item.id === id) ?? []);
    const move = (to: (id: string) => string | null) =>
      Promise.all(ids.map((id) => change.mutateAsync({ id, change: { folder_id: to(id) } })));
    const before = new Map(moving.map(({ id, folder_id }) => [id, folder_id]));
    move(() => target)
      .then(() => {
        setSelection((now) => kept(now, new Set(ids)));
        toastUndo(t("library.moved", { count: ids.length }), () => move((id) => before.get(id) ?? null));
      })
      .catch((error: unknown) => toastFailed(error, t("library.notMoved")));
  };
  const tree = (onGo?: () => void) => (
    <FolderTree
      folders={folders}
      search={search}
      onTask={setFolderTask}
      onDropFiles={moveTo}
      {...(onGo ? { onGo } : {})}
    />
  );
  const more = useCallback(() => {
    if (!media.isFetchingNextPage) void media.fetchNextPage();
  }, [media.isFetchingNextPage, media.fetchNextPage]);

  useShortcuts([
    { keys: "/", words: t("library.filters.search"), run: () => focusOn(t("library.filters.search")) },
    { keys: "v", words: t("library.view.other"), run: () => go({ view: search.view ? undefined : "list" }) },
  ]);

  return (
    <>
      <PageHeader
        title={t("library.title")}
        hint={t("library.hint")}
        action={
          <div className={classes.add}>
            <Chooser onFiles={add} words={t("library.upload")} filled />
            <AddMenu folder={folder} className={classes.other} />
          </div>
        }
      />
      <div className={classes.page}>
        <aside className={classes.aside}>{tree()}</aside>
        <div className={classes.main}>
          <div className={classes.where}>
            <Button
              className={classes.folders}
              size="xs"
              leftSection={<FolderOpen size={14} aria-hidden="true" />}
              onClick={() => setFoldersOpen(true)}
            >
              {t("library.folders.label")}
            </Button>
            <Breadcrumbs folders={folders} search={search} onDropFiles={moveTo} />
          </div>
          <Together reading={media.isPending || tags.isPending} coming={loading}>
            <LibraryFilters search={search} onChange={go} />
            <UploadList queue={queue} />
            <Suspense>{imports.length > 0 && <ImportList imports={imports} />}</Suspense>
            {media.error ? (
              <FailedState error={media.error} onRetry={() => void media.refetch()} />
            ) : !media.data ? (
              loading
            ) : items.length === 0 ? (
              <Empty search={search} onFiles={add} />
            ) : (
              <Suspense fallback={loading}>
                <MediaGrid
                  key={search.view ?? "grid"}
                  items={items}
                  view={search.view ?? "grid"}
                  selection={selection}
                  onSelect={setSelection}
                  onDelete={() => setTask("delete")}
                  hasMore={media.hasNextPage}
                  onMore={more}
                />
              </Suspense>
            )}
          </Together>
          <Suspense>
            <BulkBar
              chosen={items.filter(({ id }) => selection.ids.has(id))}
              task={task}
              onTask={setTask}
              onClear={() => setSelection(NOTHING)}
              onDone={(gone) => setSelection((now) => kept(now, gone))}
            />
          </Suspense>
        </div>
      </div>
      <Dialog opened={foldersOpen} onClose={() => setFoldersOpen(false)} title={t("library.folders.label")}>
        {tree(() => setFoldersOpen(false))}
      </Dialog>
      <Suspense>
        {folderTask && (
          <FolderDialog
            task={folderTask}
            onClose={() => setFolderTask(null)}
            onDeleted={({ id, parent_id }) => search.folder === id && go({ folder: parent_id ?? undefined })}
          />
        )}
      </Suspense>
      <FileDrop onFiles={add} />
      <Outlet />
    </>
  );
}

function focusOn(label: string): void {
  document.querySelector<HTMLElement>(`input[aria-label="${label}"]`)?.focus();
}

function Chooser({
  onFiles,
  words,
  filled = false,
}: {
  onFiles: (files: File[]) => void;
  words: string;
  filled?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <FileButton
      onChange={onFiles}
      accept={ACCEPT}
      multiple
      inputProps={{ "aria-label": t("library.choose") }}
    >
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
}

function Empty({ search, onFiles }: { search: LibrarySearch; onFiles: (files: File[]) => void }) {
  const { t } = useTranslation();
  if (isNarrowed(search)) {
    return (
      <EmptyState
        icon={<Search size={20} aria-hidden="true" />}
        title={t("library.emptyFiltered")}
        detail={t("library.emptyFilteredDetail")}
        action={
          <ButtonLink to="/library" search={{ view: search.view, folder: search.folder }}>
            {t("library.filters.clear")}
          </ButtonLink>
        }
      />
    );
  }
  const inFolder = search.folder !== undefined;
  return (
    <EmptyState
      icon={<Images size={20} aria-hidden="true" />}
      title={t(inFolder ? "library.emptyFolder" : "library.emptyTitle")}
      detail={
        inFolder ? t("library.emptyFolderDetail") : `${t("library.emptyDetail")} ${t("library.kinds")}.`
      }
      action={<Chooser onFiles={onFiles} words={t("library.choose")} />}
    />
  );
}
