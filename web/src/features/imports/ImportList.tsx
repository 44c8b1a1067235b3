import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { MediaImport } from "@/api/model";
import { useRefreshLibrary } from "@/features/media/queries";
import classes from "@/features/media/UploadList.module.css";
import { ImportRow } from "./ImportRow";
import { useFocusPassedOn } from "./use-focus-passed-on";

interface ImportListProps {
  imports: MediaImport[];
  /** Told what the person wants no more, and what could not be called off. */
  onWanted?: (id: string, wanted: boolean) => void;
}

/** Files on their way from connected accounts. What leaves the list has arrived, and the library asks for it. */
export function ImportList({ imports, onWanted }: ImportListProps) {
  const { t } = useTranslation();
  useLeaving(
    imports.map(({ id }) => id),
    useRefreshLibrary(),
  );
  return (
    <section
      ref={useFocusPassedOn(before)}
      className={classes.list}
      aria-label={t("imports.label")}
      tabIndex={imports.length > 4 ? 0 : undefined}
    >
      {imports.map((item) => (
        <ImportRow key={item.id} item={item} onWanted={onWanted} />
      ))}
    </section>
  );
}

const before = (list: Element) => list.previousElementSibling;

/** Tells when one of them is here no more, be it with the whole list. */
function useLeaving(ids: string[], onLeft: () => void): void {
  const known = useRef<string[]>([]);
  const tell = useRef(onLeft);
  useEffect(() => {
    tell.current = onLeft;
    if (known.current.some((id) => !ids.includes(id))) onLeft();
    known.current = ids;
  });
  useEffect(() => () => tell.current(), []);
}
