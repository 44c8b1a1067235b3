import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Clock, Timer } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Invitation, InvitationWithLink } from "@/api/model";
import { dateAndTime } from "@/i18n/format";
import { Badge } from "@/ui/Badge";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { FailedState } from "@/ui/FailedState";
import { Quiet, Row, RowName, Rows, RowWords } from "@/ui/Rows";
import { Section } from "@/ui/Section";
import { toastDone, toastFailed } from "@/ui/toast";
import classes from "./Members.module.css";
import { invitationsQuery, useInviteAgain, useWithdraw } from "./queries";
import { roleName } from "./role-name";

interface InvitationsProps {
  /** A new link was made, which is shown once. */
  onLink: (invitation: InvitationWithLink) => void;
}

/** Who was invited and has not come yet. */
export function Invitations({ onLink }: InvitationsProps) {
  const { t } = useTranslation();
  const { data: invitations, error, refetch } = useQuery(invitationsQuery);
  return (
    <Section title={t("members.invited.title")} detail={t("members.invited.detail")}>
      {error ? (
        <FailedState error={error} onRetry={() => void refetch()} />
      ) : !invitations ? (
        <div aria-busy="true">
          <Skeleton height={64} radius={8} />
        </div>
      ) : invitations.length === 0 ? (
        <p className={classes.none}>{t("members.invited.none")}</p>
      ) : (
        <Rows inner>
          {invitations.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} onLink={onLink} />
          ))}
        </Rows>
      )}
    </Section>
  );
}

function InvitationRow({ invitation, onLink }: InvitationsProps & { invitation: Invitation }) {
  const { t } = useTranslation();
  const again = useInviteAgain();
  const withdraw = useWithdraw();
  const [asking, setAsking] = useState(false);
  const { id, email, role, invited_by, created_at, expires_at, expired } = invitation;
  return (
    <Row>
      <RowWords>
        <RowName>
          {email}
          {expired ? (
            <Badge tone="warn" icon={<Timer size={13} aria-hidden="true" />}>
              {t("members.invited.ended")}
            </Badge>
          ) : (
            <Badge tone="info" icon={<Clock size={13} aria-hidden="true" />}>
              {t("members.invited.until", { at: dateAndTime(expires_at) })}
            </Badge>
          )}
        </RowName>
        <Quiet>
          {t("members.invited.by", {
            role: roleName(t, role),
            name: invited_by || t("common.deletedAccount"),
            at: dateAndTime(created_at),
          })}
        </Quiet>
      </RowWords>
      <Button
        size="xs"
        loading={again.isPending}
        aria-label={t("members.invited.againNamed", { email })}
        onClick={() => again.mutate(id, { onSuccess: onLink, onError: (failure) => toastFailed(failure) })}
      >
        {t("members.invited.again")}
      </Button>
      <Button
        size="xs"
        variant="danger"
        aria-label={t("members.invited.withdrawNamed", { email })}
        onClick={() => setAsking(true)}
      >
        {t("members.invited.withdraw")}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("members.invited.ask", { email })}
        confirm={t("members.invited.withdraw")}
        destructive
        pending={withdraw.isPending}
        onConfirm={() =>
          withdraw.mutate(id, {
            onSuccess: () => toastDone(t("members.invited.withdrawn", { email })),
            onError: (failure) => toastFailed(failure),
            onSettled: () => setAsking(false),
          })
        }
      >
        <p>{t("members.invited.consequence")}</p>
      </ConfirmDialog>
    </Row>
  );
}
