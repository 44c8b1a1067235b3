import { Button, Radio, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { InvitationWithLink } from "@/api/model";
import { useSession } from "@/features/account/session";
import { fieldText, saysMore } from "@/i18n/error-text";
import dialog from "@/ui/ConfirmDialog.module.css";
import { Dialog } from "@/ui/over/Dialog";
import { Refusal } from "@/ui/Refusal";
import { address, useTexts } from "@/ui/use-texts";
import classes from "./Members.module.css";
import { useInvite } from "./queries";
import { ROLES, type Role } from "./roles";

interface InviteDialogProps {
  onClose: () => void;
  onDone: (invitation: InvitationWithLink) => void;
}

/** Whom to invite, and as what. */
export function InviteDialog({ onClose, onDone }: InviteDialogProps) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const [role, setRole] = useState<Role>("editor");
  const invite = useInvite();
  const { field, sends } = useTexts({ email: "" }, { email: address }, invite.error);
  return (
    <Dialog title={t("members.invite.title", { name: workspace.name })} size={520} onClose={onClose}>
      <form
        noValidate
        onSubmit={sends(({ email }) => invite.mutate({ email: email.trim(), role }, { onSuccess: onDone }))}
      >
        <div className={classes.parts}>
          {saysMore(invite.error, ["email", "role"]) && <Refusal error={invite.error} />}
          <TextInput
            data-autofocus
            type="email"
            autoComplete="off"
            label={t("auth.email")}
            {...field("email")}
          />
          <Radio.Group
            label={t("members.invite.role")}
            value={role}
            error={fieldText(invite.error, "role")}
            onChange={(value) => setRole(ROLES.find((each) => each === value) ?? "viewer")}
          >
            <div className={classes.parts}>
              {ROLES.filter((each) => each !== "owner" || workspace.role === "owner").map((each) => (
                <Radio
                  key={each}
                  size="xs"
                  value={each}
                  label={t(`members.role.${each}`)}
                  description={t(`members.may.${each}`)}
                />
              ))}
            </div>
          </Radio.Group>
        </div>
        <div className={dialog.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="filled" loading={invite.isPending}>
            {t("members.invite.send")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
