import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { takeFromDrawer } from "@/features/composer/kept-words";
import {
  closeQuickComposer,
  openQuickComposer,
  useQuickComposerOpen,
} from "@/features/composer/quick-composer";
import { withEditorWords } from "@/i18n";
import { somethingToUndo, undoLatest, watchUndo } from "@/ui/toast";
import { OverlaysContext } from "./overlays";
import { pagesFor } from "./pages";
import { onKeyDown } from "./shortcuts/registry";
import { useShortcuts } from "./shortcuts/use-shortcuts";

const ShortcutSheet = lazy(async () => ({
  default: (await import("./shortcuts/ShortcutSheet")).ShortcutSheet,
}));
const Palette = lazy(async () => ({ default: (await import("./palette/Palette")).Palette }));
const QuickComposer = lazy(() => withEditorWords(() => import("@/features/composer/QuickComposer")));

/** The shortcuts that work on every page, the sheet that shows them, and the palette. */
export function FrameOverlays({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState<"sheet" | "palette" | null>(null);
  const undoable = useSyncExternalStore(watchUndo, somethingToUndo);
  const overlays = useMemo(
    () => ({ openPalette: () => setOpen("palette"), openSheet: () => setOpen("sheet") }),
    [],
  );
  const close = () => setOpen(null);
  const composing = useQuickComposerOpen();

  useEffect(() => {
    const kept = takeFromDrawer(queryClient);
    if (!kept) return;
    closeQuickComposer();
    const params = kept.postId ? { postId: kept.postId } : {};
    void navigate({ to: "/compose/{-$postId}", params, search: kept.time });
  }, [queryClient, navigate]);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);

  useShortcuts([
    ...pagesFor(user)
      .filter(({ key }) => key)
      .map(({ key, label, to }) => ({
        keys: `g ${key}`,
        words: t(label),
        group: "go" as const,
        run: () => void navigate({ to, search: {} }),
      })),
    {
      keys: "mod+k",
      words: t("palette.label"),
      group: "anywhere",
      whileTyping: true,
      run: overlays.openPalette,
    },
    {
      keys: "c",
      words: t("shortcuts.compose"),
      group: "anywhere",
      // Over the composer's own page a drawer with another would only confuse.
      run: () =>
        window.location.pathname.startsWith("/compose")
          ? void navigate({ to: "/compose/{-$postId}", search: {} })
          : openQuickComposer(),
    },
    { keys: "?", words: t("shortcuts.show"), group: "anywhere", run: overlays.openSheet },
  ]);
  useShortcuts([{ keys: "mod+z", words: t("shortcuts.undo"), group: "anywhere", run: undoLatest }], {
    enabled: undoable,
  });
  // The same key closes what it opened.
  useShortcuts([{ keys: "mod+k", words: t("palette.label"), whileTyping: true, run: close }], {
    inDialog: true,
    enabled: open === "palette",
  });

  return (
    <OverlaysContext.Provider value={overlays}>
      {children}
      <Suspense>
        {open === "sheet" && <ShortcutSheet onClose={close} />}
        {composing && <QuickComposer />}
        {open === "palette" && <Palette onClose={close} onSheet={overlays.openSheet} />}
      </Suspense>
    </OverlaysContext.Provider>
  );
}
