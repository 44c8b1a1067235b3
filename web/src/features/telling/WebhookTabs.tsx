import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import settings from "@/features/settings/Settings.module.css";

/** From what platforms tell Fanfare to what Fanfare tells other programs. */
export function WebhookTabs() {
  const { t } = useTranslation();
  const outgoing = useLocation({ select: ({ pathname }) => pathname.startsWith("/webhooks/outgoing") });
  return (
    <nav aria-label={t("nav.webhooks")} className={settings.tabs}>
      <ul className={settings.group}>
        <li>
          <Link
            to="/webhooks"
            search={{}}
            className={settings.tab}
            // The other address lies below this one, and so do those of events.
            activeOptions={{ exact: true, includeSearch: false }}
            aria-current={outgoing ? undefined : "page"}
          >
            {t("telling.tabs.incoming")}
          </Link>
        </li>
        <li>
          <Link to="/webhooks/outgoing" className={settings.tab}>
            {t("telling.tabs.outgoing")}
          </Link>
        </li>
      </ul>
    </nav>
  );
}
