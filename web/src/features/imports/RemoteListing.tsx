import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { FolderOpen, Search } from "lucide-react";
import { type UIEvent, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { RemoteFile } from "@/api/model";
import { EmptyState } from "@/ui/EmptyState";
import { type Chosen, isChosen } from "./choice";
import { type Place, remoteFilesQuery } from "./queries";
import type { RemoteFilesProps } from "./RemoteFiles";
import { RemoteRow } from "./RemoteRow";
import classes from "./TakeFilesDialog.module.css";
import { Unreadable } from "./Unreadable";
import { useRowWalk } from "./use-row-walk";

/** In pixels: what comes next is asked for before the end is reached. */
const NEAR_END = 240;
/** So many empty pages in a row are gone on after without being asked: what lay on them is left out. */
const EMPTY_PAGES = 5;

interface RemoteListingProps extends RemoteFilesProps {
  place: Place;
  onOpen: (folder: RemoteFile) => void;
  onUp: () => void;
}

/** What lies in one folder, or what was found. Arrow keys walk, Space chooses, Enter opens, Backspace goes up. */
export function RemoteListing(props: RemoteListingProps) {
  const { account, platform, place, chosen, onToggle, onExtend, onOpen, onUp } = props;
  const { t } = useTranslation();
  const files = useInfiniteQuery(remoteFilesQuery(account.id, place));
  const pages = files.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const walk = useRowWalk(items.length > 0, onUp);
  const choice = (file: RemoteFile): Chosen => ({ connectionId: account.id, file });
  const shown = items.filter(({ kind }) => kind !== "folder").map(choice);
  const more = () => void files.fetchNextPage();
  const mayGoOn = files.hasNextPage && !files.isFetching && !files.error;
  const onScroll = ({ currentTarget: list }: UIEvent<HTMLElement>) => {
    const left = list.scrollHeight - list.scrollTop - list.clientHeight;
    if (left < NEAR_END && mayGoOn) more();
  };
  const empty = pages.length - 1 - pages.findLastIndex((page) => page.items.length > 0);
  const goesOn = files.hasNextPage && !files.error && empty % EMPTY_PAGES !== 0;
  useEffect(() => {
    if (goesOn && mayGoOn) more();
  });

  if (files.error && !files.data)
    return <Unreadable error={files.error} account={account} onRetry={() => void files.refetch()} />;
  if (!files.data || (goesOn && items.length === 0)) return <Loading />;
  const incomplete = pages.some((page) => page.incomplete)
    ? t("adding.from.incomplete", { name: platform })
    : null;
  if (items.length === 0 && !files.hasNextPage)
    return place.search ? (
      <EmptyState
        icon={<Search size={20} aria-hidden="true" />}
        title={t("adding.from.notFoundTitle")}
        detail={incomplete ?? t("adding.from.notFoundDetail", { name: platform })}
      />
    ) : (
      <EmptyState
        icon={<FolderOpen size={20} aria-hidden="true" />}
        title={t("adding.from.emptyTitle")}
        detail={t("adding.from.emptyDetail")}
      />
    );
  return (
    <>
      <div className={classes.scrolled} onScroll={onScroll}>
        {items.length === 0 && <p className={classes.note}>{t("adding.from.nothingYet")}</p>}
        <ul
          ref={walk.list}
          aria-label={t("adding.from.files")}
          className={classes.rows}
          onKeyDown={walk.onKeyDown}
        >
          {items.map((file, index) => (
            <RemoteRow
              // A shortcut has the id of what it leads to, which may be here too.
              key={`${file.id} ${file.name}`}
              file={file}
              chosen={isChosen(chosen, choice(file))}
              reached={walk.reached === index}
              onReach={() => walk.reach(index)}
              onToggle={() => onToggle(choice(file))}
              onExtend={() => onExtend(shown, choice(file))}
              onOpen={() => onOpen(file)}
            />
          ))}
        </ul>
        {files.error && <Unreadable error={files.error} account={account} onRetry={more} />}
        {files.hasNextPage && !files.error && (
          <Button
            variant="subtle"
            className={classes.more}
            loading={files.isFetchingNextPage}
            onClick={(event) => {
              // This button goes away; who is waiting at the list comes to its first row.
              if (items.length === 0) event.currentTarget.closest<HTMLElement>('[tabindex="-1"]')?.focus();
              more();
            }}
          >
            {t("adding.from.more")}
          </Button>
        )}
      </div>
      {incomplete && (
        <p role="status" className={classes.note}>
          {incomplete}
        </p>
      )}
    </>
  );
}

function Loading() {
  return (
    <div className={classes.scrolled} aria-busy="true">
      {[62, 48, 70, 40, 56, 66, 44].map((width) => (
        <div key={width} className={classes.coming}>
          <Skeleton height={18} width={18} />
          <Skeleton height={12} width={`${width}%`} />
        </div>
      ))}
    </div>
  );
}
