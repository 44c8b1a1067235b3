import { VisuallyHidden } from "@mantine/core";
import { useLocalStorage, useMediaQuery } from "@mantine/hooks";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { HeaderEnd } from "@/ui/PageHeader";
import classes from "./Frame.module.css";
import { FrameOverlays } from "./FrameOverlays";
import { HelpButton } from "./help/HelpButton";
import { LinkNotice } from "./link/LinkNotice";
import { Rail } from "./Rail";
import { usePageFocus } from "./use-page-focus";
import { useFollowWorkspace } from "./workspaces";

// With its drawer it is only for narrow screens.
const Topbar = lazy(async () => ({ default: (await import("./Topbar")).Topbar }));

/** Rail at the left and the page; on narrow screens a bar on top and the rail in a drawer. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const [foldedByChoice, setFolded] = useLocalStorage({
    key: "fanfare-rail-folded",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const cramped = useMediaQuery("(max-width: 1023px)", false, { getInitialValueInEffect: false }) ?? false;
  const narrow = useMediaQuery("(max-width: 767px)", false, { getInitialValueInEffect: false }) ?? false;
  const folded = foldedByChoice || cramped;
  const told = usePageFocus();
  useFollowWorkspace(workspace.id);

  return (
    <FrameOverlays>
      <div className={classes.frame} data-folded={folded || undefined}>
        <a className={classes.skip} href="#page">
          {t("nav.skip")}
        </a>
        {narrow ? (
          <Suspense fallback={<div className={classes.topbar} />}>
            <Topbar />
          </Suspense>
        ) : (
          <div className={classes.rail}>
            <Rail folded={folded} {...(cramped ? {} : { onFold: () => setFolded(!foldedByChoice) })} />
          </div>
        )}
        <main id="page" className={classes.page} tabIndex={-1}>
          <HeaderEnd.Provider value={<HelpButton />}>{children}</HeaderEnd.Provider>
        </main>
        <LinkNotice />
        <VisuallyHidden aria-live="polite">{told}</VisuallyHidden>
      </div>
    </FrameOverlays>
  );
}
