import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, RemoteFile } from "@/api/model";
import { SearchField } from "@/ui/SearchField";
import type { Chosen } from "./choice";
import { RemoteCrumbs } from "./RemoteCrumbs";
import { RemoteListing } from "./RemoteListing";
import classes from "./TakeFilesDialog.module.css";

export interface RemoteFilesProps {
  account: Connection;
  /** The platform's name. */
  platform: string;
  chosen: Chosen[];
  onToggle: (one: Chosen) => void;
  onExtend: (shown: Chosen[], one: Chosen) => void;
}

/** The files of one account: walked folder by folder, or searched. */
export function RemoteFiles({ account, platform, chosen, onToggle, onExtend }: RemoteFilesProps) {
  const { t } = useTranslation();
  const [path, setPath] = useState<RemoteFile[]>([]);
  const [search, setSearch] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const folder = path.at(-1);
  const go = (to: RemoteFile[]) => {
    setPath(to);
    setSearch("");
    // The button that led there goes away; who uses the keyboard goes on in the list.
    list.current?.focus();
  };
  return (
    <>
      <SearchField label={t("adding.from.search", { name: platform })} value={search} onChange={setSearch} />
      {search ? (
        <p className={classes.where}>{t("adding.from.found", { name: platform })}</p>
      ) : (
        <RemoteCrumbs top={account.name} platform={platform} path={path} onGo={go} />
      )}
      <div ref={list} tabIndex={-1} className={classes.listing}>
        <RemoteListing
          key={search ? `search ${search}` : `folder ${folder?.id}`}
          account={account}
          platform={platform}
          place={{ folder: folder?.id, search }}
          chosen={chosen}
          onToggle={onToggle}
          onExtend={onExtend}
          onOpen={(opened) => go(search ? [opened] : [...path, opened])}
          onUp={() => !search && path.length > 0 && go(path.slice(0, -1))}
        />
      </div>
    </>
  );
}
