import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { foldersQuery } from "@/features/media/queries";
import { errorLine } from "@/i18n/error-text";
import { listed } from "@/i18n/format";
import { Notice } from "@/ui/Notice";
import { toastDone, toastFailed } from "@/ui/toast";
import { type Answered, beginAll, Keys, type Refused, showImport } from "./begin";
import { type Chosen, isChosen, keyOf, without } from "./choice";
import { changeImports } from "./imports-query";
import classes from "./TakeFilesDialog.module.css";

/** So many refusals are told one by one. */
const TOLD = 5;

interface TakeFooterProps {
  chosen: Chosen[];
  folder: string | null;
  onChoose: (change: (now: Chosen[]) => Chosen[]) => void;
  onClose: () => void;
  onTake: ((files: number) => Answered) | undefined;
}

/**
 * How many are chosen, and the button that takes them. What is refused stays chosen, with the reason; the others are begun. Who
 * closes the dialog meanwhile is told in passing.
 */
export function TakeFooter({ chosen, folder, onChoose, onClose, onTake }: TakeFooterProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { data: folders = [] } = useQuery(foldersQuery);
  const [keys] = useState(() => new Keys());
  const [taking, setTaking] = useState(false);
  const [refused, setRefused] = useState<Refused[]>([]);
  // What is no longer chosen need not be told.
  const told = refused.filter(({ item }) => isChosen(chosen, item));
  const into = folders.find(({ id }) => id === folder)?.name;
  /** What is chosen now; nothing is asked here any more once the dialog is closed. */
  const present = useRef<Chosen[] | null>(chosen);
  useEffect(() => {
    present.current = chosen;
    return () => {
      present.current = null;
    };
  });

  const take = async () => {
    setTaking(true);
    setRefused([]);
    const answered = onTake?.(chosen.length);
    const outcome = await beginAll(chosen, folder, keys, (place, begun) => {
      if (begun) showImport(queryClient, begun);
      answered?.(place, begun);
    });
    if (outcome.begun.length > 0) {
      void changeImports(queryClient, (all) => all);
      toastDone(t("adding.from.begun", { count: outcome.begun.length }));
    }
    if (!present.current) return tellRefused(outcome.refused, t);
    setTaking(false);
    setRefused(outcome.refused);
    onChoose((now) => without(now, outcome.begun));
    // Others may have been chosen meanwhile.
    const left = without(present.current, outcome.begun);
    if (outcome.refused.length === 0 && left.length === 0) onClose();
  };

  return (
    <div className={classes.foot}>
      {told.length > 0 && <Refusals refused={told} />}
      <div className={classes.footer}>
        <div className={classes.count}>
          <span role="status">{chosen.length > 0 && t("adding.from.chosen", { count: chosen.length })}</span>
          {chosen.length > 0 && !taking && (
            <Button size="xs" variant="subtle" onClick={() => onChoose(() => [])}>
              {t("adding.from.clear")}
            </Button>
          )}
          {taking && <span className={classes.into}>{t("adding.from.goesOn")}</span>}
          {into && <span className={classes.into}>{t("adding.from.into", { name: into })}</span>}
        </div>
        <Button onClick={onClose}>{t(taking ? "common.close" : "common.cancel")}</Button>
        <Button variant="filled" disabled={chosen.length === 0} loading={taking} onClick={() => void take()}>
          {chosen.length === 0 ? t("adding.from.takeNone") : t("adding.from.take", { count: chosen.length })}
        </Button>
      </div>
    </div>
  );
}

/** Says it in passing: each reason once, with the names of all that it holds for. */
function tellRefused(refused: Refused[], t: TFunction): void {
  for (const reason of new Set(refused.map(({ error }) => errorLine(error)))) {
    const those = refused.filter(({ error }) => errorLine(error) === reason);
    const names = those.slice(0, TOLD).map(({ item }) => item.file.name);
    if (those.length > TOLD) names.push(t("adding.from.others", { count: those.length - TOLD }));
    const title = t("adding.from.refusedNamed", { count: those.length, names: listed(names) });
    toastFailed(those[0]?.error, title);
  }
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
