import { Button, Select, Skeleton } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Media } from "@/api/model";
import { folderChoices } from "@/features/media/folders";
import { LibraryFilters } from "@/features/media/LibraryFilters";
import { isNarrowed, type LibrarySearch, NO_FOLDER } from "@/features/media/library-search";
import { foldersQuery, libraryQuery } from "@/features/media/queries";
import { Thumb } from "@/features/media/Thumb";
import { FailedState } from "@/ui/FailedState";
import { Dialog } from "@/ui/over/Dialog";
import classes from "./MediaPicker.module.css";

/** Chooses from what the library has, in the order it is pressed. */
export function MediaPicker({
  onClose,
  onChoose,
}: {
  onClose: () => void;
  onChoose: (media: Media[]) => void;
}) {
  const { t } = useTranslation();
  const [search, setSearch] = useState<LibrarySearch>({});
  const { data: folders = [] } = useQuery(foldersQuery);
  const media = useInfiniteQuery({ ...libraryQuery(search), placeholderData: keepPreviousData });
  const [chosen, setChosen] = useState<Media[]>([]);
  const items = media.data?.pages.flatMap((page) => page.items) ?? [];
  const toggle = (item: Media) =>
    setChosen((now) =>
      now.some(({ id }) => id === item.id) ? now.filter(({ id }) => id !== item.id) : [...now, item],
    );

  return (
    <Dialog onClose={onClose} size={640} title={t("editor.media.libraryTitle")}>
      <div className={classes.filters}>
        {folders.length > 0 && (
          <Select
            className={classes.folder}
            aria-label={t("library.folder")}
            searchable
            clearable
            placeholder={t("library.folders.all")}
            data={[{ value: NO_FOLDER, label: t("library.folders.none") }, ...folderChoices(folders)]}
            value={search.folder ?? null}
            onChange={(folder) => setSearch((now) => ({ ...now, folder: folder ?? undefined }))}
          />
        )}
        <LibraryFilters
          withView={false}
          search={search}
          onChange={(change) => setSearch((now) => ({ ...now, ...change }))}
        />
      </div>
      {media.error ? (
        <FailedState error={media.error} onRetry={() => void media.refetch()} />
      ) : !media.data ? (
        <Skeleton height={240} radius={12} />
      ) : items.length === 0 ? (
        <p className={classes.empty}>
          {isNarrowed(search) || search.folder ? t("library.emptyFiltered") : t("editor.media.libraryEmpty")}
        </p>
      ) : (
        <ul className={classes.grid}>
          {items.map((item) => {
            const place = chosen.findIndex(({ id }) => id === item.id);
            return (
              <li key={item.id}>
                <button
                  type="button"
                  className={classes.item}
                  aria-pressed={place >= 0}
                  aria-label={item.file_name}
                  onClick={() => toggle(item)}
                >
                  <Thumb media={item} />
                  {place >= 0 && (
                    <span className={classes.check}>
                      <Check size={14} aria-hidden="true" />
                    </span>
                  )}
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <div className={classes.actions}>
        {media.hasNextPage && (
          <Button
            variant="subtle"
            loading={media.isFetchingNextPage}
            onClick={() => void media.fetchNextPage()}
          >
            {t("common.loadMore")}
          </Button>
        )}
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button
          variant="filled"
          disabled={chosen.length === 0}
          onClick={() => {
            onChoose(chosen);
            onClose();
          }}
        >
          {chosen.length === 0
            ? t("editor.media.chooseNone")
            : t("editor.media.choose", { count: chosen.length })}
        </Button>
      </div>
    </Dialog>
  );
}
