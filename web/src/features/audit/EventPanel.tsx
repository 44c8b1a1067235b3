import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { AuditEvent } from "@/api/model";
import { TextLink } from "@/ui/links";
import { OneEvent } from "./OneEvent";
import { auditQuery } from "./queries";
import { LOGS } from "./words";

const route = getRouteApi("/frame/settings/audit/$eventId");

/** One event of the workspace's log. */
export function EventPanel() {
  const { t } = useTranslation();
  const { eventId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <OneEvent
      id={eventId}
      log={LOGS.workspace}
      listed={useInfiniteQuery(auditQuery(search))}
      title={t("nav.audit")}
      onClose={() => void navigate({ to: "/settings/audit", search })}
      subject={(event) => <Subject event={event} />}
    />
  );
}

/** The way to the thing itself, where it has a page. */
function Subject({ event }: { event: AuditEvent }) {
  const { t } = useTranslation();
  const { subject_kind: kind, subject_id: id, post_id } = event;
  const words = t("audit.open");
  if (post_id || kind === "post")
    return (
      <TextLink to="/posts/$postId" params={{ postId: post_id ?? id }}>
        {words}
      </TextLink>
    );
  if (kind === "connection")
    return (
      <TextLink to="/connections/$connectionId" params={{ connectionId: id }}>
        {words}
      </TextLink>
    );
  if (kind === "media")
    return (
      <TextLink to="/library/$mediaId" params={{ mediaId: id }}>
        {words}
      </TextLink>
    );
  if (kind === "api_key")
    return (
      <TextLink to="/settings/api-keys/$keyId" params={{ keyId: id }}>
        {words}
      </TextLink>
    );
  return null;
}
