import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { manages } from "@/features/members/roles";
import { SettingsPage } from "@/features/settings/SettingsPage";
import { ButtonLink } from "@/ui/links";
import { actions, Section } from "@/ui/Section";
import { DeleteWorkspace } from "./DeleteWorkspace";
import { LeaveWorkspace } from "./LeaveWorkspace";
import { RequireTwoFactor } from "./RequireTwoFactor";
import { TransferWorkspace } from "./TransferWorkspace";
import { WorkspaceName } from "./WorkspaceName";

/** What the workspace is called and asks of its people, and the ways out of it. */
export function WorkspacePage() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const may = manages(workspace.role);
  const owner = workspace.role === "owner";
  return (
    <SettingsPage title={t("nav.workspace")} hint={t("workspace.hint", { name: workspace.name })}>
      <WorkspaceName key={`${workspace.id} ${workspace.name}`} workspace={workspace} may={may} />
      <RequireTwoFactor workspace={workspace} may={may} />
      <Section title={t("workspace.another.title")} detail={t("workspace.another.detail")}>
        <div className={actions}>
          <ButtonLink to="/new-workspace">{t("workspace.another.action")}</ButtonLink>
        </div>
      </Section>
      {owner && <TransferWorkspace workspace={workspace} />}
      <LeaveWorkspace workspace={workspace} />
      {owner && <DeleteWorkspace workspace={workspace} />}
    </SettingsPage>
  );
}
