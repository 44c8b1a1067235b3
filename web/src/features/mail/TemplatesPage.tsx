import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Pencil } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { AdministratorsOnly } from "@/features/admin/AdministratorsOnly";
import settings from "@/features/settings/Settings.module.css";
import { inOurWords } from "@/i18n/server-words";
import { Badge } from "@/ui/Badge";
import { FailedState } from "@/ui/FailedState";
import { PageHeader } from "@/ui/PageHeader";
import { Row, Rows, RowWords, rowLink } from "@/ui/Rows";
import classes from "./Mail.module.css";
import { MailTabs } from "./MailTabs";
import { templatesQuery } from "./queries";

/** Every message that Fanfare writes, and which of them were given other words. */
export function TemplatesPage() {
  const { t } = useTranslation();
  const { user } = useSession();
  return (
    <>
      <PageHeader title={t("mail.templates.page")} hint={t("mail.templates.hint")} />
      {user.is_admin ? (
        <>
          <MailTabs />
          <div className={`${settings.page} ${settings.wide}`}>
            <Templates />
          </div>
        </>
      ) : (
        <AdministratorsOnly />
      )}
    </>
  );
}

function Templates() {
  const { t } = useTranslation();
  const { data: templates, error, refetch } = useQuery(templatesQuery);
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!templates)
    return (
      <div aria-busy="true">
        <Skeleton height={240} radius={12} />
      </div>
    );
  return (
    <Rows>
      {templates.map(({ name, description, is_changed }) => (
        <Row key={name}>
          <RowWords>
            <Link to="/admin/mail/templates/$name" params={{ name }} search={{}} className={rowLink}>
              {inOurWords(description)}
            </Link>
            <code className={classes.quiet}>{name}</code>
          </RowWords>
          {is_changed && (
            <Badge tone="accent" icon={<Pencil size={13} aria-hidden="true" />}>
              {t("mail.templates.changed")}
            </Badge>
          )}
        </Row>
      ))}
    </Rows>
  );
}
