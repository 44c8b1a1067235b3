import { ActionIcon } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ChevronDown, ChevronRight, Ellipsis, Folder, FolderPlus, Images, Inbox } from "lucide-react";
import { type DragEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MediaFolder } from "@/api/model";
import { count } from "@/i18n/format";
import { LateMenu } from "@/ui/over/LateMenu";
import { carriesFiles, droppedFiles } from "./drag";
import classes from "./FolderTree.module.css";
import { type FolderNode, folderTree, pathTo } from "./folders";
import { type LibrarySearch, NO_FOLDER } from "./library-search";

/** What a person may do with a folder, or with none: `new` there. */
export interface FolderTask {
  kind: "new" | "rename" | "move" | "delete";
  folder: MediaFolder | null;
}

interface FolderTreeProps {
  folders: MediaFolder[];
  search: LibrarySearch;
  onTask: (task: FolderTask) => void;
  /** Files were dropped on a folder, or on the place of those without. */
  onDropFiles: (ids: string[], folder: string | null) => void;
  /** Somebody went to a folder. */
  onGo?: () => void;
}

/** The folders of the library, one in another; files can be dropped on them. */
export function FolderTree({ folders, search, onTask, onDropFiles, onGo }: FolderTreeProps) {
  const { t } = useTranslation();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const onTheWay = new Set(pathTo(folders, search.folder).map(({ id }) => id));
  const isOpen = (id: string) => opened.has(id) || (onTheWay.has(id) && !closed.has(id));
  const toggle = (id: string) => {
    const [from, to, setFrom, setTo] = isOpen(id)
      ? [opened, closed, setOpened, setClosed]
      : [closed, opened, setClosed, setOpened];
    setFrom(new Set([...from].filter((each) => each !== id)));
    setTo(new Set([...to, id]));
  };

  const branch = (nodes: FolderNode[], depth: number): ReactNode => (
    <ul>
      {nodes.map(({ folder, inside }) => (
        <li key={folder.id}>
          <Row
            icon={<Folder size={15} aria-hidden="true" />}
            name={folder.name}
            files={folder.files}
            depth={depth}
            target={folder.id}
            search={search}
            onDrop={(ids) => onDropFiles(ids, folder.id)}
            onGo={onGo}
            toggle={
              inside.length > 0 ? (
                <ActionIcon
                  size={24}
                  aria-label={t("library.folders.inside", { name: folder.name })}
                  aria-expanded={isOpen(folder.id)}
                  onClick={() => toggle(folder.id)}
                >
                  {isOpen(folder.id) ? (
                    <ChevronDown size={14} aria-hidden="true" />
                  ) : (
                    <ChevronRight size={14} aria-hidden="true" />
                  )}
                </ActionIcon>
              ) : null
            }
            menu={<FolderMenu folder={folder} onTask={onTask} />}
          />
          {inside.length > 0 && isOpen(folder.id) && branch(inside, depth + 1)}
        </li>
      ))}
    </ul>
  );

  return (
    <nav className={classes.tree} aria-label={t("library.folders.label")}>
      <div className={classes.head}>
        <span>{t("library.folders.label")}</span>
        <ActionIcon
          size={28}
          aria-label={t("library.folders.new")}
          onClick={() => onTask({ kind: "new", folder: null })}
        >
          <FolderPlus size={15} aria-hidden="true" />
        </ActionIcon>
      </div>
      <ul>
        <li>
          <Row
            icon={<Images size={15} aria-hidden="true" />}
            name={t("library.folders.all")}
            depth={0}
            target={undefined}
            search={search}
            onGo={onGo}
          />
        </li>
        <li>
          <Row
            icon={<Inbox size={15} aria-hidden="true" />}
            name={t("library.folders.none")}
            depth={0}
            target={NO_FOLDER}
            search={search}
            onDrop={(ids) => onDropFiles(ids, null)}
            onGo={onGo}
          />
        </li>
      </ul>
      {branch(folderTree(folders), 0)}
    </nav>
  );
}

interface RowProps {
  icon: ReactNode;
  name: string;
  files?: number;
  depth: number;
  target: string | undefined;
  search: LibrarySearch;
  toggle?: ReactNode;
  menu?: ReactNode;
  onDrop?: (ids: string[]) => void;
  onGo?: (() => void) | undefined;
}

function Row({ icon, name, files, depth, target, search, toggle, menu, onDrop, onGo }: RowProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const drop = onDrop && {
    onDragOver: (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      onDrop(droppedFiles(event));
    },
  };
  const isHere = search.folder === target;
  return (
    <div
      className={classes.row}
      data-here={isHere || undefined}
      data-over={over || undefined}
      style={{ paddingLeft: depth * 16 }}
      {...drop}
    >
      <span className={classes.toggle}>{toggle}</span>
      <Link
        to="/library"
        search={{ ...search, folder: target }}
        className={classes.link}
        aria-current={isHere ? "page" : undefined}
        title={name}
        onClick={onGo}
      >
        {icon}
        <span className={classes.name}>{name}</span>
        {files !== undefined && files > 0 && (
          <span className={classes.count}>
            <span aria-hidden="true">{count(files)}</span>
            <span className={classes.hidden}>{t("library.folders.files", { count: files })}</span>
          </span>
        )}
      </Link>
      {menu}
    </div>
  );
}

function FolderMenu({ folder, onTask }: { folder: MediaFolder; onTask: (task: FolderTask) => void }) {
  const { t } = useTranslation();
  const items = [
    ["new", t("library.folders.newInside")],
    ["rename", t("library.folders.rename")],
    ["move", t("library.moveTo")],
    ["delete", t("common.delete")],
  ] as const;
  return (
    <LateMenu
      position="bottom-end"
      target={
        <ActionIcon
          size={24}
          className={classes.menu}
          aria-label={t("library.folders.menu", { name: folder.name })}
        >
          <Ellipsis size={14} aria-hidden="true" />
        </ActionIcon>
      }
    >
      {(Menu) =>
        items.map(([kind, words]) => (
          <Menu.Item key={kind} onClick={() => onTask({ kind, folder })}>
            {words}
          </Menu.Item>
        ))
      }
    </LateMenu>
  );
}
