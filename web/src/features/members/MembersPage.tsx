import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { InvitationWithLink } from "@/api/model";
import { useSession } from "@/features/account/session";
import { ComingSections, SettingsPage } from "@/features/settings/SettingsPage";
import { FailedState } from "@/ui/FailedState";
import { Rows } from "@/ui/Rows";
import { Section } from "@/ui/Section";
import { Together } from "@/ui/Together";
import { Invitations } from "./Invitations";
import { InvitedDialog } from "./InvitedDialog";
import { MemberRow } from "./MemberRow";
import classes from "./Members.module.css";
import { invitationsQuery, membersQuery } from "./queries";
import { manages, ROLES } from "./roles";

const InviteDialog = lazy(async () => ({ default: (await import("./InviteDialog")).InviteDialog }));

/** Who works in the workspace, what each may do, and who is invited. */
export function MembersPage() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const { data: members, error, refetch } = useQuery(membersQuery);
  const [inviting, setInviting] = useState(false);
  const [invited, setInvited] = useState<InvitationWithLink | null>(null);
  const may = manages(workspace.role);
  const invitations = useQuery({ ...invitationsQuery, enabled: may });
  return (
    <SettingsPage
      wide
      title={t("nav.members")}
      hint={t("members.hint", { name: workspace.name })}
      action={
        may && (
          <Button
            variant="filled"
            leftSection={<UserPlus size={15} aria-hidden="true" />}
            onClick={() => setInviting(true)}
          >
            {t("members.invite.action")}
          </Button>
        )
      }
    >
      {error ? (
        <FailedState error={error} onRetry={() => void refetch()} />
      ) : !members ? (
        <ComingSections />
      ) : (
        <Together reading={may && invitations.isPending} coming={<ComingSections />}>
          <Section
            title={t("members.title", { count: members.length })}
            detail={may ? undefined : t("members.onlyManagers")}
          >
            <Rows inner>
              {members.map((member) => (
                <MemberRow key={member.user_id} member={member} />
              ))}
            </Rows>
          </Section>
          {may && <Invitations onLink={setInvited} />}
          <RolesExplained />
        </Together>
      )}
      <Suspense>
        {inviting && (
          <InviteDialog
            onClose={() => setInviting(false)}
            onDone={(made) => {
              setInviting(false);
              setInvited(made);
            }}
          />
        )}
      </Suspense>
      {invited && <InvitedDialog invitation={invited} onClose={() => setInvited(null)} />}
    </SettingsPage>
  );
}

function RolesExplained() {
  const { t } = useTranslation();
  return (
    <Section title={t("members.roles")}>
      <dl className={classes.roles}>
        {ROLES.map((role) => (
          <div key={role} className={classes.role}>
            <dt>{t(`members.role.${role}`)}</dt>
            <dd>{t(`members.may.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
