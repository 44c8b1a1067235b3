import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Workspace } from "@/api/model";
import { saysMore } from "@/i18n/error-text";
import { Refusal } from "@/ui/Refusal";
import { actions, fields, Section } from "@/ui/Section";
import { toastDone } from "@/ui/toast";
import { needed, useTexts } from "@/ui/use-texts";
import { useChangeWorkspace } from "./queries";

export function WorkspaceName({ workspace, may }: { workspace: Workspace; may: boolean }) {
  const { t } = useTranslation();
  const change = useChangeWorkspace(workspace.id);
  const { values, field, sends } = useTexts({ name: workspace.name }, { name: needed }, change.error);
  return (
    <Section
      title={t("workspace.name.title")}
      detail={may ? t("workspace.name.detail") : t("workspaces.renameWho")}
    >
      <form
        className={fields}
        noValidate
        onSubmit={sends(({ name }) =>
          change.mutate(
            { name: name.trim() },
            { onSuccess: (changed) => toastDone(t("workspaces.renamed", { name: changed.name })) },
          ),
        )}
      >
        {saysMore(change.error, ["name"]) && <Refusal error={change.error} />}
        <TextInput label={t("setup.workspaceName")} disabled={!may} {...field("name")} />
        {may && (
          <div className={actions}>
            <Button type="submit" loading={change.isPending} disabled={values.name.trim() === workspace.name}>
              {t("common.save")}
            </Button>
          </div>
        )}
      </form>
    </Section>
  );
}
