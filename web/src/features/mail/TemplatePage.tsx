import { SegmentedControl, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { AdministratorsOnly } from "@/features/admin/AdministratorsOnly";
import { currentLanguage } from "@/i18n";
import { LANGUAGES } from "@/i18n/languages";
import { FailedState } from "@/ui/FailedState";
import { PageHeader } from "@/ui/PageHeader";
import classes from "./Mail.module.css";
import { MailTabs } from "./MailTabs";
import { templateQuery } from "./queries";
import { LANGUAGES_OF_MAIL } from "./search";
import { TemplateEditor } from "./TemplateEditor";

const route = getRouteApi("/frame/admin/mail/templates/$name");

/** One message's words, in one language. */
export function TemplatePage() {
  const { t } = useTranslation();
  const { user } = useSession();
  const { name } = route.useParams();
  const { language = currentLanguage() } = route.useSearch();
  const navigate = route.useNavigate();
  const {
    data: template,
    error,
    refetch,
  } = useQuery({
    ...templateQuery(name, language),
    enabled: user.is_admin,
  });
  if (!user.is_admin)
    return (
      <>
        <PageHeader title={t("mail.templates.page")} />
        <AdministratorsOnly />
      </>
    );
  return (
    <>
      <PageHeader title={t("mail.templates.page")} hint={name}>
        <SegmentedControl
          aria-label={t("user.language")}
          data={LANGUAGES_OF_MAIL.map((code) => ({ value: code, label: LANGUAGES[code].name }))}
          value={language}
          onChange={(value) =>
            void navigate({ search: { language: LANGUAGES_OF_MAIL.find((code) => code === value) } })
          }
        />
      </PageHeader>
      <MailTabs />
      {error ? (
        <FailedState error={error} onRetry={() => void refetch()} />
      ) : !template ? (
        <div className={classes.columns} aria-busy="true">
          <Skeleton height={420} radius={12} />
        </div>
      ) : (
        <TemplateEditor
          key={`${name} ${language} ${template.subject} ${template.html} ${template.text}`}
          template={template}
          language={language}
        />
      )}
    </>
  );
}
