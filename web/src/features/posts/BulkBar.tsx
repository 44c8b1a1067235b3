import { ActionIcon, Button } from "@mantine/core";
import { CalendarClock, CircleSlash, Copy, Pause, Play, Trash2, X } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts } from "@/features/frame/shortcuts/use-shortcuts";
import classes from "./BulkBar.module.css";
import type { BulkAct } from "./bulk";
import type { PostsSearch } from "./filters";
import { NOTHING, type Selection } from "./selection";

const BulkDialog = lazy(() => import("./BulkDialog").then((module) => ({ default: module.BulkDialog })));

const ICONS = {
  move: CalendarClock,
  pause: Pause,
  resume: Play,
  cancel: CircleSlash,
  duplicate: Copy,
  delete: Trash2,
};
const ACTS: BulkAct[] = ["move", "pause", "resume", "duplicate", "cancel", "delete"];

interface BulkBarProps {
  search: PostsSearch;
  selection: Selection;
  total: number;
  onSelection: (change: (now: Selection) => Selection) => void;
}

/** What can be done with the chosen posts; at the lower edge while some are. */
export function BulkBar({ search, selection, total, onSelection }: BulkBarProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<BulkAct | null>(null);
  const count = selection.all ? total : selection.posts.size;
  useShortcuts([{ keys: "m", words: t("posts.keys.move"), run: () => setAsking("move") }], {
    enabled: count > 0,
  });
  return (
    <>
      {count > 0 && (
        <section className={classes.bar} aria-label={t("posts.select.bar")}>
          <ActionIcon aria-label={t("posts.select.clear")} onClick={() => onSelection(() => NOTHING)}>
            <X size={16} aria-hidden="true" />
          </ActionIcon>
          <span className={classes.count} role="status">
            {t("posts.select.count", { count })}
          </span>
          {!selection.all && count < total && (
            <Button
              size="xs"
              variant="subtle"
              onClick={() => onSelection((now) => ({ ...now, posts: new Map(), all: true }))}
            >
              {t("posts.select.everything", { count: total })}
            </Button>
          )}
          <span className={classes.acts}>
            {ACTS.map((act) => {
              const Icon = ICONS[act];
              return (
                <Button
                  key={act}
                  size="xs"
                  variant={act === "delete" ? "danger" : "default"}
                  leftSection={<Icon size={13} aria-hidden="true" />}
                  onClick={() => setAsking(act)}
                >
                  {t(`bulk.${act}`)}
                </Button>
              );
            })}
          </span>
        </section>
      )}
      {asking && (
        <Suspense fallback={null}>
          <BulkDialog
            act={asking}
            search={search}
            selection={selection}
            onClose={() => setAsking(null)}
            onDone={() => onSelection(() => NOTHING)}
          />
        </Suspense>
      )}
    </>
  );
}
