import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CloudOff, RotateCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { statusQuery } from "@/features/account/session";
import { lookNow, useLink } from "./current";
import classes from "./LinkNotice.module.css";

/** An open page notices a restart or an upgrade within this time, without anybody touching it. */
const HEARTBEAT = 60_000;

/** Says that the server is away, and goes when it is back; or that this page is older than the server. */
export function LinkNotice() {
  const { t } = useTranslation();
  useQuery({ ...statusQuery, refetchInterval: HEARTBEAT });
  const link = useLink();

  return (
    <div className={classes.place} role="status">
      {link === "lost" && (
        <div className={classes.notice}>
          <CloudOff size={16} aria-hidden="true" />
          <p>
            {t(navigator.onLine ? "link.lost" : "link.offline")} <span>{t("link.lostDetail")}</span>
          </p>
          <Button size="compact-sm" onClick={() => lookNow()}>
            {t("link.lookNow")}
          </Button>
        </div>
      )}
      {link === "updated" && (
        <div className={classes.notice} data-tone="info">
          <RotateCw size={16} aria-hidden="true" />
          <p>
            {t("link.updated")} <span>{t("link.updatedDetail")}</span>
          </p>
          <Button size="compact-sm" variant="filled" onClick={() => window.location.reload()}>
            {t("link.reload")}
          </Button>
        </div>
      )}
    </div>
  );
}
