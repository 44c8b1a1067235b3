import { ActionIcon, Tooltip } from "@mantine/core";
import { Link, type LinkProps } from "@tanstack/react-router";
import {
  House,
  Images,
  type LucideIcon,
  PanelLeftClose,
  PanelLeftOpen,
  PenLine,
  Plug,
  Send,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { useNeedsYouCount } from "@/features/posts/queries";
import { Mark } from "@/ui/Mark";
import { SandboxBadge } from "@/ui/SandboxBadge";
import classes from "./Rail.module.css";
import { UserMenu } from "./UserMenu";

interface RailProps {
  folded: boolean;
  /** Absent where folding makes no sense, as in the drawer of a narrow screen. */
  onFold?: () => void;
  onNavigate?: () => void;
}

/** The way to every page; at its foot the sandbox badge and the person. */
export function Rail({ folded, onFold, onNavigate }: RailProps) {
  const { t } = useTranslation();
  const { workspace, status } = useSession();
  const needsYou = useNeedsYouCount();
  const item = { folded, onNavigate };

  return (
    <div className={classes.rail} data-folded={folded || undefined}>
      <div className={classes.head}>
        <Mark />
        <span className={classes.workspace} title={workspace.name}>
          {workspace.name}
        </span>
        {onFold && (
          <ActionIcon
            size={28}
            className={classes.fold}
            aria-label={t(folded ? "nav.unfold" : "nav.fold")}
            onClick={onFold}
          >
            {folded ? (
              <PanelLeftOpen size={16} aria-hidden="true" />
            ) : (
              <PanelLeftClose size={16} aria-hidden="true" />
            )}
          </ActionIcon>
        )}
      </div>
      <nav className={classes.nav} aria-label={t("nav.label")}>
        <RailLink {...item} to="/" icon={House} label={t("nav.home")} exact />
        <p className={classes.group}>{t("nav.publish")}</p>
        <RailLink {...item} to="/compose/{-$postId}" icon={PenLine} label={t("nav.compose")} />
        <RailLink
          {...item}
          to="/posts"
          icon={Send}
          label={t("nav.posts")}
          count={needsYou}
          countLabel={t("nav.postsNeedYou", { count: needsYou })}
        />
        <RailLink {...item} to="/library" icon={Images} label={t("nav.library")} />
        <p className={classes.group}>{t("nav.setUp")}</p>
        <RailLink {...item} to="/connections" icon={Plug} label={t("nav.connections")} />
      </nav>
      <div className={classes.foot}>
        {status.sandbox && <SandboxBadge url={status.sandbox_url} folded={folded} />}
        <UserMenu folded={folded} />
      </div>
    </div>
  );
}

interface RailLinkProps {
  to: LinkProps["to"];
  icon: LucideIcon;
  label: string;
  folded: boolean;
  onNavigate?: () => void;
  exact?: boolean;
  count?: number;
  countLabel?: string;
}

function RailLink({
  to,
  icon: Icon,
  label,
  folded,
  onNavigate,
  exact = false,
  count = 0,
  countLabel,
}: RailLinkProps) {
  return (
    <Tooltip label={label} position="right" disabled={!folded}>
      <Link
        to={to}
        className={classes.item}
        data-folded={folded || undefined}
        activeOptions={{ exact, includeSearch: false }}
        activeProps={{ "data-active": true, "aria-current": "page" } as object}
        onClick={onNavigate}
      >
        <Icon size={18} aria-hidden="true" />
        <span className={classes.label}>{label}</span>
        {count > 0 && (
          <span className={classes.count} title={countLabel}>
            {count}
          </span>
        )}
      </Link>
    </Tooltip>
  );
}
