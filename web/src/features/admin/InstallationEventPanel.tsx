import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { OneEvent } from "@/features/audit/OneEvent";
import { LOGS } from "@/features/audit/words";
import { installationLogQuery } from "./log-queries";

const route = getRouteApi("/frame/admin/audit/$eventId");

/** One event of the installation's log. */
export function InstallationEventPanel() {
  const { t } = useTranslation();
  const { eventId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <OneEvent
      id={eventId}
      log={LOGS.installation}
      listed={useInfiniteQuery(installationLogQuery(search))}
      title={t("nav.adminAudit")}
      onClose={() => void navigate({ to: "/admin/audit", search })}
    />
  );
}
