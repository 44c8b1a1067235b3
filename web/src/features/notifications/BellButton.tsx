import { UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { Bell } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { withWords } from "@/i18n";
import { unreadQuery } from "./count-query";

const NotificationPanel = lazy(async () => ({
  default: (await withWords(["notifications"], () => import("./NotificationPanel"))).NotificationPanel,
}));

interface BellProps {
  /** Of the button, its words and its count, where it stands. */
  classes: { item?: string; label?: string; count?: string };
  folded?: boolean;
}

/** Says how much the person has not read, and opens it. */
export function BellButton({ classes, folded = false }: BellProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const router = useRouter();
  // By the menu, a shortcut or the way back: whoever goes elsewhere is done with the panel.
  useEffect(
    () => router.subscribe("onBeforeLoad", ({ pathChanged }) => pathChanged && setOpen(false)),
    [router],
  );
  const { data } = useQuery(unreadQuery);
  const unread = data?.unread ?? 0;
  return (
    <>
      <UnstyledButton
        className={classes.item ?? ""}
        data-folded={folded || undefined}
        aria-label={unread > 0 ? t("nav.unread", { count: unread }) : t("nav.notifications")}
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        <Bell size={18} aria-hidden="true" />
        <span className={classes.label}>{t("nav.notifications")}</span>
        {unread > 0 && <span className={classes.count}>{unread > 99 ? "99+" : unread}</span>}
      </UnstyledButton>
      {open &&
        // Where the button stands is below the page, and a panel lies over it.
        createPortal(
          <Suspense>
            <NotificationPanel onClose={close} />
          </Suspense>,
          document.body,
        )}
    </>
  );
}
