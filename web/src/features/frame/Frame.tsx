import { VisuallyHidden } from "@mantine/core";
import { useLocalStorage, useMediaQuery } from "@mantine/hooks";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { AuthStatus, User } from "@/api/model";
import { useSession } from "@/features/account/session";
import { withWords } from "@/i18n";
import { HeaderEnd } from "@/ui/PageHeader";
import classes from "./Frame.module.css";
import { FrameOverlays } from "./FrameOverlays";
import { HelpButton } from "./help/HelpButton";
import { LinkNotice } from "./link/LinkNotice";
import { useLive } from "./live/use-live";
import { Rail } from "./Rail";
import { usePageFocus } from "./use-page-focus";
import { useFollowWorkspace } from "./workspaces";

// Most addresses are confirmed.
const Unverified = lazy(async () => ({
  default: (await withWords(["links"], () => import("@/features/links/Unverified"))).Unverified,
}));
// With its drawer it is only for narrow screens.
const Topbar = lazy(async () => ({ default: (await import("./Topbar")).Topbar }));

/** Rail at the left and the page; on narrow screens a bar on top and the rail in a drawer. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { user, workspace, status } = useSession();
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
  useLive();

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
          {isUnverified(user, status) && (
            <Suspense>
              <Unverified />
            </Suspense>
          )}
          <HeaderEnd.Provider value={<HelpButton />}>{children}</HeaderEnd.Provider>
        </main>
        <LinkNotice />
        <VisuallyHidden aria-live="polite">{told}</VisuallyHidden>
      </div>
    </FrameOverlays>
  );
}

/** Administrators need no confirmation, and without mail there is none to be had. */
const isUnverified = (user: User, status: AuthStatus): boolean =>
  status.mail && !user.is_admin && !user.email_verified;
