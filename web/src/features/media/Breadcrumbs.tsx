import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { type DragEvent, Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MediaFolder } from "@/api/model";
import classes from "./Breadcrumbs.module.css";
import { carriesFiles, droppedFiles } from "./drag";
import { pathTo } from "./folders";
import { type LibrarySearch, NO_FOLDER } from "./library-search";

interface BreadcrumbsProps {
  folders: MediaFolder[];
  search: LibrarySearch;
  onDropFiles: (ids: string[], folder: string | null) => void;
}

/** Where one is in the folders, with the folders inside; files can be dropped on each. */
export function Breadcrumbs({ folders, search, onDropFiles }: BreadcrumbsProps) {
  const { t } = useTranslation();
  const path = pathTo(folders, search.folder);
  const here = path.at(-1);
  const inside = here ? folders.filter(({ parent_id }) => parent_id === here.id) : [];
  return (
    <nav className={classes.crumbs} aria-label={t("library.folders.where")}>
      <Crumb search={search} folder={undefined} name={t("library.folders.all")} current={!search.folder} />
      {search.folder === NO_FOLDER && (
        <>
          <ChevronRight size={14} aria-hidden="true" />
          <Crumb search={search} folder={NO_FOLDER} name={t("library.folders.none")} current />
        </>
      )}
      {path.map((folder) => (
        <Fragment key={folder.id}>
          <ChevronRight size={14} aria-hidden="true" />
          <Crumb
            search={search}
            folder={folder.id}
            name={folder.name}
            current={folder === here}
            onDrop={(ids) => onDropFiles(ids, folder.id)}
          />
        </Fragment>
      ))}
      {inside.length > 0 && (
        <span className={classes.inside}>
          {inside.map((folder) => (
            <Crumb
              key={folder.id}
              search={search}
              folder={folder.id}
              name={folder.name}
              chip
              onDrop={(ids) => onDropFiles(ids, folder.id)}
            />
          ))}
        </span>
      )}
    </nav>
  );
}

interface CrumbProps {
  search: LibrarySearch;
  folder: string | undefined;
  name: string;
  current?: boolean;
  chip?: boolean;
  onDrop?: (ids: string[]) => void;
}

function Crumb({ search, folder, name, current = false, chip = false, onDrop }: CrumbProps) {
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
  return (
    <Link
      to="/library"
      search={{ ...search, folder }}
      className={classes.crumb}
      data-current={current || undefined}
      data-chip={chip || undefined}
      data-over={over || undefined}
      aria-current={current ? "page" : undefined}
      {...drop}
    >
      {name}
    </Link>
  );
}
