import { Button } from "@mantine/core";
import { LogOut } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Workspace } from "@/api/model";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Refusal } from "@/ui/Refusal";
import { actions, Section } from "@/ui/Section";
import { toastDone } from "@/ui/toast";
import { useLeave } from "./queries";

/** The way out; the last owner hears why there is none for them. */
export function LeaveWorkspace({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const leave = useLeave(workspace.id);
  const { name } = workspace;
  return (
    <Section danger title={t("workspace.leave.title")} detail={t("workspace.leave.detail")}>
      <div className={actions}>
        <Button
          variant="danger"
          leftSection={<LogOut size={14} aria-hidden="true" />}
          onClick={() => {
            leave.reset();
            setAsking(true);
          }}
        >
          {t("workspace.leave.action")}
        </Button>
      </div>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("workspace.leave.ask", { name })}
        confirm={t("workspace.leave.action")}
        destructive
        pending={leave.isPending}
        onConfirm={() =>
          leave.mutate(undefined, { onSuccess: () => toastDone(t("workspace.leave.done", { name })) })
        }
      >
        {leave.error ? <Refusal error={leave.error} /> : <p>{t("workspace.leave.consequence")}</p>}
      </ConfirmDialog>
    </Section>
  );
}
