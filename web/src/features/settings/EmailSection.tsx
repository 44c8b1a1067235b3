import { Button } from "@mantine/core";
import { CircleAlert, CircleCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account, EmailChange } from "@/api/model";
import { useSession } from "@/features/account/session";
import { ResendButton } from "@/features/links/ResendButton";
import { Badge } from "@/ui/Badge";
import { CopyField } from "@/ui/CopyField";
import { Notice } from "@/ui/Notice";
import { actions, Section } from "@/ui/Section";
import { toastDone, toastFailed } from "@/ui/toast";
import { EmailDialog } from "./EmailDialog";
import { useCallEmailOff } from "./queries";

/** The address one logs in with, whether it is confirmed, and a change that waits. */
export function EmailSection({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { user, pending_email } = account;
  const { status } = useSession();
  const [changing, setChanging] = useState(false);
  const [links, setLinks] = useState<EmailChange["links"]>(null);
  return (
    <Section
      title={t("settings.email.title")}
      detail={user.email}
      badge={
        user.email_verified ? (
          <Badge tone="good" icon={<CircleCheck size={13} aria-hidden="true" />}>
            {t("settings.email.confirmed")}
          </Badge>
        ) : (
          <Badge tone="warn" icon={<CircleAlert size={13} aria-hidden="true" />}>
            {t("settings.email.unconfirmed")}
          </Badge>
        )
      }
    >
      {pending_email && <Waiting email={pending_email} links={links} onOff={() => setLinks(null)} />}
      <div className={actions}>
        <Button onClick={() => setChanging(true)}>
          {t(pending_email ? "settings.email.another" : "settings.email.change")}
        </Button>
        {!user.email_verified && status.mail && <ResendButton size="sm" />}
      </div>
      {changing && (
        <EmailDialog
          hasPassword={account.has_password}
          onClose={() => setChanging(false)}
          onDone={(begun) => {
            setChanging(false);
            setLinks(begun.links);
          }}
        />
      )}
    </Section>
  );
}

interface WaitingProps {
  email: string;
  /** Where no mail can be sent, the person gets them here. */
  links: EmailChange["links"];
  onOff: () => void;
}

function Waiting({ email, links, onOff }: WaitingProps) {
  const { t } = useTranslation();
  const { status } = useSession();
  const off = useCallEmailOff();
  return (
    <>
      <Notice
        tone="info"
        title={t("settings.email.waiting", { email })}
        action={
          <Button
            size="xs"
            loading={off.isPending}
            onClick={() =>
              off.mutate(undefined, {
                onSuccess: () => {
                  onOff();
                  toastDone(t("settings.email.off"));
                },
                onError: (error) => toastFailed(error),
              })
            }
          >
            {t("settings.email.callOff")}
          </Button>
        }
      >
        {t(
          links
            ? "settings.email.openBoth"
            : status.mail
              ? "settings.email.waitingDetail"
              : "settings.email.linksGone",
        )}
      </Notice>
      {links?.map((link) => (
        <CopyField
          key={link.email}
          label={t("settings.email.linkFor", { email: link.email })}
          value={link.url}
        />
      ))}
    </>
  );
}
