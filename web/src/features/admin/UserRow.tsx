import { ActionIcon } from "@mantine/core";
import { Ban, CircleAlert, Ellipsis, ShieldCheck, Star } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AdminUser } from "@/api/model";
import { useSession } from "@/features/account/session";
import { day } from "@/i18n/format";
import { Ago } from "@/ui/Ago";
import { Avatar } from "@/ui/Avatar";
import { Badge } from "@/ui/Badge";
import { LateMenu } from "@/ui/over/LateMenu";
import { Quiet, Row, RowName, RowWords } from "@/ui/Rows";
import { toastDone, toastFailed } from "@/ui/toast";
import { AskAboutUser, type UserAct } from "./AskAboutUser";
import { useChangeUser } from "./queries";

/** A person with the state of their account, and what an administrator may do about it. */
export function UserRow({ person }: { person: AdminUser }) {
  const { t } = useTranslation();
  const [act, setAct] = useState<UserAct | null>(null);
  return (
    <Row tight>
      <Avatar name={person.name} size={36} />
      <RowWords>
        <RowName>
          {person.name}
          <Badges person={person} />
        </RowName>
        <Quiet>{person.email}</Quiet>
        <Quiet>
          {t("admin.users.since", { day: day(person.created_at) })}
          {" · "}
          {t("admin.users.workspaces", { count: person.workspaces })}
          {" · "}
          {person.last_seen_at ? (
            <>
              {t("members.seen")} <Ago at={person.last_seen_at} />
            </>
          ) : (
            t("members.neverSeen")
          )}
        </Quiet>
      </RowWords>
      <Actions person={person} onAsk={setAct} />
      {act && <AskAboutUser act={act} person={person} onClose={() => setAct(null)} />}
    </Row>
  );
}

function Badges({ person }: { person: AdminUser }) {
  const { t } = useTranslation();
  return (
    <>
      {person.is_admin && (
        <Badge tone="accent" icon={<Star size={13} aria-hidden="true" />}>
          {t("admin.users.administrator")}
        </Badge>
      )}
      {person.disabled_at && (
        <Badge tone="bad" icon={<Ban size={13} aria-hidden="true" />}>
          {t("admin.users.disabled", { day: day(person.disabled_at) })}
        </Badge>
      )}
      {!person.email_verified && (
        <Badge tone="warn" icon={<CircleAlert size={13} aria-hidden="true" />}>
          {t("settings.email.unconfirmed")}
        </Badge>
      )}
      {person.two_factor && (
        <Badge tone="good" icon={<ShieldCheck size={13} aria-hidden="true" />}>
          {t("members.twoFactor")}
        </Badge>
      )}
    </>
  );
}

function Actions({ person, onAsk }: { person: AdminUser; onAsk: (act: UserAct) => void }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const change = useChangeUser();
  const self = person.id === user.id;
  const enable = () =>
    change.mutate(
      { id: person.id, disabled: false },
      {
        onSuccess: () => toastDone(t("admin.users.enable.done", { name: person.name })),
        onError: (error) => toastFailed(error),
      },
    );
  return (
    <LateMenu
      position="bottom-end"
      width={240}
      target={
        <ActionIcon aria-label={t("admin.users.actions", { name: person.name })} loading={change.isPending}>
          <Ellipsis size={16} aria-hidden="true" />
        </ActionIcon>
      }
    >
      {(Menu) => (
        <>
          <Menu.Item onClick={() => onAsk("reset")}>{t("admin.users.reset.action")}</Menu.Item>
          {person.two_factor && (
            <Menu.Item onClick={() => onAsk("letIn")}>{t("admin.users.letIn.action")}</Menu.Item>
          )}
          {person.is_admin ? (
            <Menu.Item onClick={() => onAsk("unmake")}>{t("admin.users.unmake.action")}</Menu.Item>
          ) : (
            <Menu.Item onClick={() => onAsk("make")}>{t("admin.users.make.action")}</Menu.Item>
          )}
          <Menu.Divider />
          {person.disabled_at ? (
            <Menu.Item onClick={enable}>{t("admin.users.enable.action")}</Menu.Item>
          ) : (
            <Menu.Item disabled={self} onClick={() => onAsk("disable")}>
              {t("admin.users.disable.action")}
            </Menu.Item>
          )}
          {self && <Menu.Label>{t("admin.users.notYourself")}</Menu.Label>}
        </>
      )}
    </LateMenu>
  );
}
