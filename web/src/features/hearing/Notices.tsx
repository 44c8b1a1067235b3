import { useTranslation } from "react-i18next";
import type { AccountNotice } from "@/api/model";
import { exact } from "@/i18n/format";
import { Notice } from "@/ui/Notice";

const BAD = ["REJECTED", "DISABLED", "PAUSED", "FLAGGED", "RED", "ACCOUNT_RESTRICTION", "ACCOUNT_VIOLATION"];
const MORE_BAD = [
  "ACCOUNT_DELETED",
  "DISABLED_UPDATE",
  "PARTNER_APP_UNINSTALLED",
  "LOCKED",
  "LIMIT_EXCEEDED",
];
const isBad = (state: string) => BAD.includes(state) || MORE_BAD.includes(state);

const WHAT = [
  "template_status",
  "template_quality",
  "template_category",
  "template_content",
  "number_quality",
  "number_name",
  "account",
  "alert",
  "capability",
] as const;

/** What the platform decided about an account, its numbers or its templates. */
export function Notices({ notices }: { notices: AccountNotice[] }) {
  const { t } = useTranslation();
  return notices.map(({ what, subject, name, language, state, before, reason, until }) => {
    const known = WHAT.find((each) => each === what);
    const about = language ? `${name ?? subject} (${language})` : (name ?? subject);
    const words = [
      before && t("hearing.notice.before", { state: before }),
      reason && t("hearing.notice.reason", { reason }),
      until && t("hearing.notice.until", { at: exact(until) }),
    ].filter(Boolean);
    return (
      <Notice
        key={`${what} ${subject}`}
        tone={isBad(state) ? "warn" : "info"}
        title={`${known ? t(`hearing.notice.${known}`, { about }) : about}: ${state}`}
      >
        {words.length > 0 && words.join(" ")}
      </Notice>
    );
  });
}
