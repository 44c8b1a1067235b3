import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { somethingToUndo, undoLatest, watchUndo } from "@/ui/toast";
import { PAGES } from "./pages";
import { onKeyDown } from "./shortcuts/registry";
import { useShortcuts } from "./shortcuts/use-shortcuts";

const ShortcutSheet = lazy(async () => ({
  default: (await import("./shortcuts/ShortcutSheet")).ShortcutSheet,
}));

/** The shortcuts that work on every page, and the sheet that shows them all. */
export function FrameShortcuts() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [sheet, setSheet] = useState(false);
  const undoable = useSyncExternalStore(watchUndo, somethingToUndo);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);

  useShortcuts([
    ...PAGES.filter(({ key }) => key).map(({ key, label, to }) => ({
      keys: `g ${key}`,
      words: t(label),
      group: "go" as const,
      run: () => void navigate({ to, search: {} }),
    })),
    {
      keys: "c",
      words: t("shortcuts.compose"),
      group: "anywhere",
      run: () => void navigate({ to: "/compose/{-$postId}", search: {} }),
    },
    { keys: "?", words: t("shortcuts.show"), group: "anywhere", run: () => setSheet(true) },
  ]);
  useShortcuts([{ keys: "mod+z", words: t("shortcuts.undo"), group: "anywhere", run: undoLatest }], {
    enabled: undoable,
  });

  return (
    sheet && (
      <Suspense>
        <ShortcutSheet onClose={() => setSheet(false)} />
      </Suspense>
    )
  );
}
