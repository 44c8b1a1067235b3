import { Button, TextInput } from "@mantine/core";
import { Trash } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Workspace } from "@/api/model";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Refusal } from "@/ui/Refusal";
import { actions, Section } from "@/ui/Section";
import { toastDone } from "@/ui/toast";
import { useDeleteWorkspace } from "./queries";

/** The end of a workspace, with all that is in it. Its name is typed, so that nobody ends the wrong one. */
export function DeleteWorkspace({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState("");
  const remove = useDeleteWorkspace(workspace.id);
  const { name } = workspace;
  return (
    <Section danger title={t("workspace.delete.title")} detail={t("workspace.delete.detail")}>
      <div className={actions}>
        <Button
          variant="danger"
          leftSection={<Trash size={14} aria-hidden="true" />}
          onClick={() => {
            remove.reset();
            setTyped("");
            setAsking(true);
          }}
        >
          {t("workspace.delete.action")}
        </Button>
      </div>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("workspace.delete.ask", { name })}
        confirm={t("workspace.delete.action")}
        destructive
        pending={remove.isPending}
        disabled={typed.trim() !== name}
        onConfirm={() =>
          remove.mutate(typed.trim(), { onSuccess: () => toastDone(t("workspace.delete.done", { name })) })
        }
      >
        {remove.error && <Refusal error={remove.error} />}
        <p>{t("workspace.delete.consequence")}</p>
        <TextInput
          label={t("workspace.delete.type", { name })}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </ConfirmDialog>
    </Section>
  );
}
