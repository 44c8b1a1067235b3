import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCurrentInView } from "@/ui/use-current-in-view";
import classes from "./Settings.module.css";

const OWN = [
  { to: "/settings/account", label: "nav.account" },
  { to: "/settings/security", label: "nav.security" },
] as const;
const SHARED = [
  { to: "/settings/workspace", label: "nav.workspace" },
  { to: "/settings/members", label: "nav.members" },
  { to: "/settings/api-keys", label: "nav.apiKeys" },
  { to: "/settings/audit", label: "nav.audit" },
  { to: "/settings/data", label: "nav.data" },
] as const;

/** From one page of settings to the others: what is one's own, and what belongs to the workspace. */
export function SettingsTabs() {
  const { t } = useTranslation();
  const strip = useCurrentInView();
  return (
    <nav ref={strip} aria-label={t("nav.settings")} className={classes.tabs}>
      {[OWN, SHARED].map((group) => (
        <ul key={group[0].to} className={classes.group}>
          {group.map(({ to, label }) => (
            <li key={to}>
              <Link to={to} search={{}} className={classes.tab} activeOptions={{ includeSearch: false }}>
                {t(label)}
              </Link>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}
