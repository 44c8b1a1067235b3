import { UnstyledButton } from "@mantine/core";
import { ChevronsUpDown, Pencil, Plus, Settings } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { Mark } from "@/ui/Mark";
import { LateMenu } from "@/ui/over/LateMenu";
import classes from "./Rail.module.css";
import { useSwitchWorkspace } from "./workspaces";

const RenameWorkspace = lazy(async () => ({ default: (await import("./RenameWorkspace")).RenameWorkspace }));

/** Which workspace this is; the way to one's others, and to another name. */
export function WorkspaceMenu({ folded, onNavigate }: { folded: boolean; onNavigate?: () => void }) {
  const { t } = useTranslation();
  const { workspace, status } = useSession();
  const switchTo = useSwitchWorkspace();
  const [renaming, setRenaming] = useState(false);
  const mayRename = workspace.role === "owner" || workspace.role === "admin";

  return (
    <>
      <LateMenu
        position="bottom-start"
        width={248}
        target={
          <UnstyledButton
            className={classes.workspace}
            aria-label={t("workspaces.menu", { name: workspace.name })}
            title={folded ? workspace.name : undefined}
          >
            <Mark />
            <span className={classes.workspaceName}>{workspace.name}</span>
            <ChevronsUpDown size={14} aria-hidden="true" className={classes.chevrons} />
          </UnstyledButton>
        }
      >
        {(Menu) => (
          <>
            <Menu.Label>{t("workspaces.label")}</Menu.Label>
            <Menu.RadioGroup
              value={workspace.id}
              onChange={(id) => {
                if (id === workspace.id) return;
                onNavigate?.();
                switchTo.mutate(id);
              }}
            >
              {(status.workspaces ?? []).map(({ id, name }) => (
                <Menu.RadioItem key={id} value={id} closeMenuOnClick>
                  {name}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Divider />
            <Menu.Item
              leftSection={<Pencil size={15} aria-hidden="true" />}
              disabled={!mayRename}
              onClick={() => setRenaming(true)}
            >
              {t("workspaces.rename")}
            </Menu.Item>
            {!mayRename && <Menu.Label>{t("workspaces.renameWho")}</Menu.Label>}
            <Menu.Link
              to="/settings/workspace"
              leftSection={<Settings size={15} aria-hidden="true" />}
              onClick={onNavigate}
            >
              {t("workspaces.settings")}
            </Menu.Link>
            <Menu.Link to="/new-workspace" leftSection={<Plus size={15} aria-hidden="true" />}>
              {t("workspaces.another")}
            </Menu.Link>
          </>
        )}
      </LateMenu>
      {renaming && (
        <Suspense>
          <RenameWorkspace onClose={() => setRenaming(false)} />
        </Suspense>
      )}
    </>
  );
}
