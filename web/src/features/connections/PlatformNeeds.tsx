import { Modal } from "@mantine/core";
import { ExternalLink } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Platform } from "@/api/model";
import { CopyField } from "@/ui/CopyField";
import classes from "./PlatformNeeds.module.css";

/** What whoever runs the installation has to set before the platform can be connected. */
export function PlatformNeeds({
  platform,
  opened,
  onClose,
}: {
  platform: Platform;
  opened: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("connections.setUpTitle", { name: platform.name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <div className={classes.needs}>
        <p className={classes.detail}>{t("connections.setUpDetail")}</p>
        <div className={classes.group}>
          <h3>{t("connections.setUpVariables")}</h3>
          {platform.variables.map((name) => (
            <CopyField key={name} value={name} />
          ))}
        </div>
        <div className={classes.group}>
          <h3>{t("connections.setUpCallback")}</h3>
          <CopyField value={platform.callback_url} />
        </div>
        <a href={platform.documentation_url} target="_blank" rel="noreferrer" className={classes.link}>
          {t("connections.setUpDocs", { name: platform.name })}
          <ExternalLink size={13} aria-hidden="true" />
        </a>
      </div>
    </Modal>
  );
}
