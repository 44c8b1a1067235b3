import { Button } from "@mantine/core";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { LateMenu } from "@/ui/over/LateMenu";
import { type AuditSearch, exportAddress, isFiltered } from "./search";

/** Takes what is listed of a log along as a file. */
export function ExportMenu({ log, search }: { log: "audit" | "admin/audit"; search: AuditSearch }) {
  const { t } = useTranslation();
  return (
    <LateMenu
      position="bottom-end"
      target={
        <Button leftSection={<Download size={14} aria-hidden="true" />}>{t("audit.export.action")}</Button>
      }
    >
      {(Menu) => (
        <>
          <Menu.Label>{t(isFiltered(search) ? "audit.export.filtered" : "audit.export.all")}</Menu.Label>
          <Menu.Item component="a" href={exportAddress(log, "csv", search)} download>
            {t("audit.export.csv")}
          </Menu.Item>
          <Menu.Item component="a" href={exportAddress(log, "json", search)} download>
            {t("audit.export.json")}
          </Menu.Item>
        </>
      )}
    </LateMenu>
  );
}
