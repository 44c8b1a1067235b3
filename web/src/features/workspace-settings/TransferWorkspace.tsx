import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Workspace } from "@/api/model";
import { useSession } from "@/features/account/session";
import { membersQuery } from "@/features/members/queries";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { FailedState } from "@/ui/FailedState";
import { TextLink } from "@/ui/links";
import { Refusal } from "@/ui/Refusal";
import { actions, Section } from "@/ui/Section";
import { toastDone } from "@/ui/toast";
import { useTransfer } from "./queries";

/** Hands the workspace to somebody else in it. */
export function TransferWorkspace({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const { data: members, error, refetch } = useQuery(membersQuery);
  const [asking, setAsking] = useState(false);
  const [heir, setHeir] = useState("");
  const transfer = useTransfer(workspace.id);
  const others = (members ?? []).filter(({ user_id }) => user_id !== user.id);
  const name = others.find(({ user_id }) => user_id === heir)?.name ?? "";
  return (
    <Section danger title={t("workspace.transfer.title")} detail={t("workspace.transfer.detail")}>
      {error ? (
        <FailedState error={error} onRetry={() => void refetch()} />
      ) : members && others.length === 0 ? (
        <p>
          {t("workspace.transfer.nobody")}{" "}
          <TextLink to="/settings/members">{t("members.invite.action")}</TextLink>
        </p>
      ) : (
        <div className={actions}>
          <Button
            variant="danger"
            disabled={!members}
            onClick={() => {
              transfer.reset();
              setHeir("");
              setAsking(true);
            }}
          >
            {t("workspace.transfer.action")}
          </Button>
        </div>
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("workspace.transfer.ask", { name: workspace.name })}
        confirm={t("workspace.transfer.action")}
        destructive
        pending={transfer.isPending}
        disabled={heir === ""}
        onConfirm={() =>
          transfer.mutate(heir, {
            onSuccess: () => {
              setAsking(false);
              toastDone(t("workspace.transfer.done", { name }));
            },
          })
        }
      >
        {transfer.error && <Refusal error={transfer.error} />}
        <p>{t("workspace.transfer.consequence")}</p>
        <NativeSelect
          label={t("workspace.transfer.to")}
          value={heir}
          onChange={(event) => setHeir(event.currentTarget.value)}
          data={[
            { value: "", label: t("workspace.transfer.choose") },
            ...others.map((member) => ({
              value: member.user_id,
              label: `${member.name} (${member.email})`,
            })),
          ]}
        />
      </ConfirmDialog>
    </Section>
  );
}
