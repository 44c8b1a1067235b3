import { ActionIcon, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Menu as MenuIcon, Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { BellButton } from "@/features/notifications/BellButton";
import { Mark } from "@/ui/Mark";
import { SandboxBadge } from "@/ui/SandboxBadge";
import classes from "./Frame.module.css";
import { useOverlays } from "./overlays";
import { Rail } from "./Rail";

/** What is left of the rail on a narrow screen. */
export function Topbar() {
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
      <BellButton classes={{ item: classes.bell, label: classes.hidden, count: classes.unread }} />
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
