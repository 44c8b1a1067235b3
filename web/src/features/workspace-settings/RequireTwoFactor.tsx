import { Switch } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Workspace } from "@/api/model";
import { useSession } from "@/features/account/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { TextLink } from "@/ui/links";
import { Section } from "@/ui/Section";
import { toastDone, toastFailed } from "@/ui/toast";
import { useChangeWorkspace } from "./queries";

/** Whether everybody here has to have a second step. Who asks for it has one first, or would be shut out. */
export function RequireTwoFactor({ workspace, may }: { workspace: Workspace; may: boolean }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const [asking, setAsking] = useState(false);
  const change = useChangeWorkspace(workspace.id);
  const on = workspace.requires_two_factor;
  const lacks = !on && !user.two_factor;
  const set = (requires_two_factor: boolean) =>
    change.mutate(
      { requires_two_factor },
      {
        onSuccess: () =>
          toastDone(t(requires_two_factor ? "workspace.twoFactor.isOn" : "workspace.twoFactor.isOff")),
        onError: (error) => toastFailed(error),
        onSettled: () => setAsking(false),
      },
    );
  return (
    <Section title={t("workspace.twoFactor.title")} detail={t("workspace.twoFactor.detail")}>
      <Switch
        label={t("workspace.twoFactor.label")}
        checked={on}
        disabled={!may || lacks || change.isPending}
        onChange={(event) => (event.currentTarget.checked ? setAsking(true) : set(false))}
      />
      {!may ? (
        <p>{t("workspace.onlyManagers")}</p>
      ) : (
        lacks && (
          <p>
            {t("workspace.twoFactor.first")}{" "}
            <TextLink to="/settings/security" search={{}}>
              {t("security.setUp.action")}
            </TextLink>
          </p>
        )
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("workspace.twoFactor.ask", { name: workspace.name })}
        confirm={t("workspace.twoFactor.confirm")}
        pending={change.isPending}
        onConfirm={() => set(true)}
      >
        <p>{t("workspace.twoFactor.consequence")}</p>
      </ConfirmDialog>
    </Section>
  );
}
