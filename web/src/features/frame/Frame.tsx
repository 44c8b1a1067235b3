import { ActionIcon, Drawer, VisuallyHidden } from "@mantine/core";
import { useDisclosure, useLocalStorage, useMediaQuery } from "@mantine/hooks";
import { Menu as MenuIcon, Search } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { Mark } from "@/ui/Mark";
import { HeaderEnd } from "@/ui/PageHeader";
import { SandboxBadge } from "@/ui/SandboxBadge";
import classes from "./Frame.module.css";
import { FrameOverlays } from "./FrameOverlays";
import { HelpButton } from "./help/HelpButton";
import { LinkNotice } from "./link/LinkNotice";
import { useOverlays } from "./overlays";
import { Rail } from "./Rail";
import { usePageFocus } from "./use-page-focus";
import { useFollowWorkspace } from "./workspaces";

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
          <Topbar />
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

/** What is left of the rail on a narrow screen. */
function Topbar() {
  const { t } = useTranslation();
  const { workspace, status } = useSession();
  const { openPalette } = useOverlays();
  const [drawerOpen, drawer] = useDisclosure(false);
  return (
    <div className={classes.topbar}>
      <ActionIcon aria-label={t("nav.open")} aria-expanded={drawerOpen} onClick={drawer.open}>
        <MenuIcon size={20} aria-hidden="true" />
      </ActionIcon>
      <Mark size={24} />
      <span className={classes.workspace}>{workspace.name}</span>
      <ActionIcon aria-label={t("palette.label")} onClick={openPalette}>
        <Search size={18} aria-hidden="true" />
      </ActionIcon>
      {status.sandbox && <SandboxBadge url={status.sandbox_url} folded />}
      <Drawer.Root opened={drawerOpen} onClose={drawer.close} size={264} padding={0}>
        <Drawer.Overlay />
        <Drawer.Content aria-label={t("nav.label")}>
          <Drawer.Body className={classes.drawer}>
            <Rail folded={false} onNavigate={drawer.close} />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </div>
  );
}
