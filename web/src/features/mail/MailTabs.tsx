import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import settings from "@/features/settings/Settings.module.css";

/** From the log to the templates and back. */
export function MailTabs() {
  const { t } = useTranslation();
  return (
    <nav aria-label={t("nav.mail")} className={settings.tabs}>
      <ul className={settings.group}>
        <li>
          <Link to="/admin/mail" search={{}} className={settings.tab} activeOptions={LOG}>
            {t("mail.log.title")}
          </Link>
        </li>
        <li>
          <Link to="/admin/mail/templates" className={settings.tab}>
            {t("mail.templates.title")}
          </Link>
        </li>
      </ul>
    </nav>
  );
}

/** The templates' address lies below the log's. */
const LOG = { exact: true, includeSearch: false };
