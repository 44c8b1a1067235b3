import { Checkbox, UnstyledButton } from "@mantine/core";
import { ChevronRight, Film, Folder, Image, type LucideIcon } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { RemoteFile } from "@/api/model";
import { day, fileSize } from "@/i18n/format";
import classes from "./TakeFilesDialog.module.css";
import { ROW } from "./use-row-walk";

const ICONS: Record<string, LucideIcon> = { folder: Folder, image: Image, video: Film };

interface RemoteRowProps {
  file: RemoteFile;
  chosen: boolean;
  /** Its place is the one in the tab order. */
  reached: boolean;
  onReach: () => void;
  onToggle: () => void;
  /** Chooses all from the last chosen one to this one. */
  onExtend: () => void;
  onOpen: () => void;
}

/** A folder that opens, or a picture or video that can be chosen. */
export function RemoteRow(props: RemoteRowProps) {
  const { file, chosen, reached, onReach, onToggle, onExtend, onOpen } = props;
  const { t } = useTranslation();
  const said = useId();
  const box = useId();
  const place = { ...ROW, tabIndex: reached ? 0 : -1, onFocus: onReach, "aria-describedby": said };
  if (file.kind === "folder")
    return (
      <li>
        <UnstyledButton
          className={classes.row}
          aria-label={t("adding.from.openFolder", { name: file.name })}
          onClick={onOpen}
          {...place}
        >
          <RowWords file={file} said={said} />
          <ChevronRight size={16} aria-hidden="true" />
        </UnstyledButton>
      </li>
    );
  return (
    <li>
      <label htmlFor={box} className={classes.row} data-chosen={chosen || undefined}>
        <RowWords file={file} said={said} />
        <Checkbox
          id={box}
          size="sm"
          aria-label={file.name}
          checked={chosen}
          onChange={(event) => {
            // What is behind the change is a click, by pointer or by key.
            if ((event.nativeEvent as unknown as MouseEvent).shiftKey) onExtend();
            else onToggle();
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            onToggle();
          }}
          {...place}
        />
      </label>
    </li>
  );
}

function RowWords({ file, said }: { file: RemoteFile; said: string }) {
  const { t } = useTranslation();
  const Icon = ICONS[file.kind] ?? Image;
  const kind = file.kind === "folder" || file.kind === "video" ? file.kind : "image";
  return (
    <>
      <span className={classes.icon} data-kind={kind}>
        <Icon size={18} aria-hidden="true" />
      </span>
      <span className={classes.name}>{file.name}</span>
      <span className={classes.facts} id={said}>
        <span className={classes.kind}>{t(`adding.from.kind.${kind}`)}</span>
        {file.bytes !== null && <span className={classes.size}>{fileSize(file.bytes)}</span>}
        {file.modified_at && <span className={classes.changed}>{day(file.modified_at)}</span>}
      </span>
    </>
  );
}
