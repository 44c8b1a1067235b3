import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MediaImport } from "@/api/model";
import { foldersQuery } from "@/features/media/queries";
import { errorLine } from "@/i18n/error-text";
import { Notice } from "@/ui/Notice";
import { toastDone } from "@/ui/toast";
import { beginAll, Keys, type Refused } from "./begin";
import { type Chosen, isChosen, keyOf } from "./choice";
import { changeImports } from "./imports-query";
import classes from "./TakeFilesDialog.module.css";

/** So many refusals are told one by one. */
const TOLD = 5;

interface TakeFooterProps {
  chosen: Chosen[];
  folder: string | null;
  onChoose: (chosen: Chosen[]) => void;
  onClose: () => void;
  onBegun: ((imports: MediaImport[]) => void) | undefined;
}

/** How many are chosen, and the button that takes them. What is refused stays chosen, with the reason; the others are begun. */
export function TakeFooter({ chosen, folder, onChoose, onClose, onBegun }: TakeFooterProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { data: folders = [] } = useQuery(foldersQuery);
  const [keys] = useState(() => new Keys());
  const [taking, setTaking] = useState(false);
  const [refused, setRefused] = useState<Refused[]>([]);
  // What is no longer chosen need not be told.
  const told = refused.filter(({ item }) => isChosen(chosen, item));
  const into = folders.find(({ id }) => id === folder)?.name;

  const take = async () => {
    setTaking(true);
    setRefused([]);
    const outcome = await beginAll(chosen, folder, keys);
    setTaking(false);
    setRefused(outcome.refused);
    onChoose(outcome.refused.map(({ item }) => item));
    if (outcome.begun.length > 0) {
      void changeImports(queryClient, (all) => [...outcome.begun.toReversed(), ...all]);
      onBegun?.(outcome.begun);
      toastDone(t("adding.from.begun", { count: outcome.begun.length }));
    }
    if (outcome.refused.length === 0) onClose();
  };

  return (
    <div className={classes.foot}>
      {told.length > 0 && <Refusals refused={told} />}
      <div className={classes.footer}>
        <div className={classes.count}>
          <span role="status">{chosen.length > 0 && t("adding.from.chosen", { count: chosen.length })}</span>
          {chosen.length > 0 && !taking && (
            <Button size="xs" variant="subtle" onClick={() => onChoose([])}>
              {t("adding.from.clear")}
            </Button>
          )}
          {into && <span className={classes.into}>{t("adding.from.into", { name: into })}</span>}
        </div>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button variant="filled" disabled={chosen.length === 0} loading={taking} onClick={() => void take()}>
          {chosen.length === 0 ? t("adding.from.takeNone") : t("adding.from.take", { count: chosen.length })}
        </Button>
      </div>
    </div>
  );
}

function Refusals({ refused }: { refused: Refused[] }) {
  const { t } = useTranslation();
  return (
    <div className={classes.refused} tabIndex={refused.length > 1 ? 0 : undefined}>
      <Notice tone="bad" live title={t("adding.from.refused", { count: refused.length })}>
        <ul>
          {refused.slice(0, TOLD).map(({ item, error }) => (
            <li key={keyOf(item)}>
              <strong>{item.file.name}</strong> {errorLine(error)}
            </li>
          ))}
          {refused.length > TOLD && <li>{t("adding.from.others", { count: refused.length - TOLD })}</li>}
        </ul>
      </Notice>
    </div>
  );
}
