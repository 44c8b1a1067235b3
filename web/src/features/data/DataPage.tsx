import { useQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { manages } from "@/features/members/roles";
import { ComingSections, SettingsPage } from "@/features/settings/SettingsPage";
import { EmptyState } from "@/ui/EmptyState";
import { Together } from "@/ui/Together";
import { Archives } from "./Archives";
import { exportsQuery, retentionQuery } from "./queries";
import { RetentionSection } from "./RetentionSection";

/** How long the workspace keeps things, and taking all of it along. */
export function DataPage() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  return (
    <SettingsPage title={t("nav.data")} hint={t("data.hint", { name: workspace.name })}>
      {manages(workspace.role) ? (
        <Sections />
      ) : (
        <EmptyState
          icon={<ScrollText size={20} aria-hidden="true" />}
          title={t("data.notYours")}
          detail={t("data.notYoursDetail")}
        />
      )}
    </SettingsPage>
  );
}

function Sections() {
  const retention = useQuery(retentionQuery);
  const archives = useQuery(exportsQuery);
  return (
    <Together reading={retention.isPending || archives.isPending} coming={<ComingSections />}>
      <RetentionSection />
      <Archives />
    </Together>
  );
}
