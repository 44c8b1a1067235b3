import { Button, NativeSelect } from "@mantine/core";
import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Member } from "@/api/model";
import { useSession } from "@/features/account/session";
import { day } from "@/i18n/format";
import { Ago } from "@/ui/Ago";
import { Avatar } from "@/ui/Avatar";
import { Badge } from "@/ui/Badge";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Refusal } from "@/ui/Refusal";
import { Quiet, Row, RowName, RowWords } from "@/ui/Rows";
import { toastDone, toastFailed } from "@/ui/toast";
import classes from "./Members.module.css";
import { useChangeRole, useRemoveMember } from "./queries";
import { roleName } from "./role-name";
import { manages, ROLES } from "./roles";

/** One member, with what the person who looks may change about them. */
export function MemberRow({ member }: { member: Member }) {
  const { t } = useTranslation();
  const { user, workspace } = useSession();
  const self = member.user_id === user.id;
  const owner = workspace.role === "owner";
  // Only owners make or unmake owners; of oneself, leaving and handing over are on the page of the workspace.
  const may = manages(workspace.role) && !self && (owner || member.role !== "owner");
  return (
    <Row>
      <Avatar name={member.name} size={36} />
      <RowWords>
        <RowName>
          {member.name}
          {self && <Badge tone="accent">{t("members.you")}</Badge>}
          {member.two_factor && (
            <Badge tone="good" icon={<ShieldCheck size={13} aria-hidden="true" />}>
              {t("members.twoFactor")}
            </Badge>
          )}
        </RowName>
        <Quiet>{member.email}</Quiet>
        <Quiet>
          {t("members.since", { day: day(member.joined_at) })}
          {" · "}
          {member.last_seen_at ? (
            <>
              {t("members.seen")} <Ago at={member.last_seen_at} />
            </>
          ) : (
            t("members.neverSeen")
          )}
        </Quiet>
      </RowWords>
      {may ? (
        <>
          <RoleSelect member={member} withOwner={owner} />
          <Remove member={member} />
        </>
      ) : (
        <span className={classes.fixed}>{roleName(t, member.role)}</span>
      )}
    </Row>
  );
}

function RoleSelect({ member, withOwner }: { member: Member; withOwner: boolean }) {
  const { t } = useTranslation();
  const change = useChangeRole();
  const { user_id, name } = member;
  return (
    <NativeSelect
      className={classes.select}
      aria-label={t("members.roleOf", { name })}
      value={change.isPending ? change.variables.role : member.role}
      disabled={change.isPending}
      data={ROLES.filter((role) => withOwner || role !== "owner").map((role) => ({
        value: role,
        label: t(`members.role.${role}`),
      }))}
      onChange={(event) => {
        const role = ROLES.find((each) => each === event.currentTarget.value);
        if (!role) return;
        change.mutate(
          { user_id, role },
          {
            onSuccess: () => toastDone(t("members.changed", { name, role: t(`members.role.${role}`) })),
            onError: (error) => toastFailed(error),
          },
        );
      }}
    />
  );
}

function Remove({ member }: { member: Member }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const remove = useRemoveMember();
  const { user_id, name } = member;
  return (
    <>
      <Button
        size="xs"
        variant="danger"
        aria-label={t("members.remove.named", { name })}
        onClick={() => {
          remove.reset();
          setAsking(true);
        }}
      >
        {t("members.remove.action")}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("members.remove.ask", { name })}
        confirm={t("members.remove.action")}
        destructive
        pending={remove.isPending}
        onConfirm={() =>
          remove.mutate(user_id, {
            onSuccess: () => {
              setAsking(false);
              toastDone(t("members.remove.done", { name }));
            },
          })
        }
      >
        {remove.error ? <Refusal error={remove.error} /> : <p>{t("members.remove.consequence")}</p>}
      </ConfirmDialog>
    </>
  );
}
