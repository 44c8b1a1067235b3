import { ActionIcon, Drawer } from "@mantine/core";
import { useDisclosure, useLocalStorage, useMediaQuery } from "@mantine/hooks";
import { Menu as MenuIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { Mark } from "@/ui/Mark";
import { SandboxBadge } from "@/ui/SandboxBadge";
import classes from "./Frame.module.css";
import { FrameShortcuts } from "./FrameShortcuts";
import { Rail } from "./Rail";

/** Rail at the left and the page; on narrow screens a bar on top and the rail in a drawer. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { workspace, status } = useSession();
  const [drawerOpen, drawer] = useDisclosure(false);
  const [foldedByChoice, setFolded] = useLocalStorage({
    key: "fanfare-rail-folded",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const cramped = useMediaQuery("(max-width: 1023px)", false, { getInitialValueInEffect: false }) ?? false;
  const narrow = useMediaQuery("(max-width: 767px)", false, { getInitialValueInEffect: false }) ?? false;
  const folded = foldedByChoice || cramped;

  return (
    <div className={classes.frame} data-folded={folded || undefined}>
      <a className={classes.skip} href="#page">
        {t("nav.skip")}
      </a>
      {narrow ? (
        <div className={classes.topbar}>
          <ActionIcon aria-label={t("nav.open")} onClick={drawer.open}>
            <MenuIcon size={20} aria-hidden="true" />
          </ActionIcon>
          <Mark size={24} />
          <span className={classes.workspace}>{workspace.name}</span>
          {status.sandbox && <SandboxBadge url={status.sandbox_url} />}
        </div>
      ) : (
        <div className={classes.rail}>
          <Rail folded={folded} {...(cramped ? {} : { onFold: () => setFolded(!foldedByChoice) })} />
        </div>
      )}
      <main id="page" className={classes.page} tabIndex={-1}>
        {children}
      </main>
      <FrameShortcuts />
      {narrow && (
        <Drawer.Root opened={drawerOpen} onClose={drawer.close} size={264} padding={0}>
          <Drawer.Overlay />
          <Drawer.Content aria-label={t("nav.label")}>
            <Drawer.Body className={classes.drawer}>
              <Rail folded={false} onNavigate={drawer.close} />
            </Drawer.Body>
          </Drawer.Content>
        </Drawer.Root>
      )}
    </div>
  );
}
