import { ActionIcon, UnstyledButton } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import { PanelLeftClose, PanelLeftOpen, Search } from "lucide-react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { BellButton } from "@/features/notifications/BellButton";
import { useNeedsYouCount } from "@/features/posts/queries";
import { Keys } from "@/ui/Keys";
import { TextLink } from "@/ui/links";
import { SandboxBadge } from "@/ui/SandboxBadge";
import { useOverlays } from "./overlays";
import { type FramePage, isAt, PAGE_GROUPS, pagesFor } from "./pages";
import classes from "./Rail.module.css";
import { ariaKeys, keyCaps } from "./shortcuts/keys";
import { UserMenu } from "./UserMenu";
import { WorkspaceMenu } from "./WorkspaceMenu";

interface RailProps {
  folded: boolean;
  /** Absent where folding makes no sense, as in the drawer of a narrow screen; the bell is beside that drawer's button. */
  onFold?: () => void;
  onNavigate?: () => void;
}

/** The way to every page; at its foot the sandbox badge and the person. */
export function Rail({ folded, onFold, onNavigate }: RailProps) {
  const { t } = useTranslation();
  const { user, status } = useSession();
  const needsYou = useNeedsYouCount();
  const pages = pagesFor(user).filter(({ within }) => !within);
  const groups = PAGE_GROUPS.filter((group) => pages.some((page) => page.group === group));

  return (
    <div className={classes.rail} data-folded={folded || undefined}>
      <WorkspaceMenu folded={folded} {...(onNavigate ? { onNavigate } : {})} />
      <SearchBox folded={folded} {...(onNavigate ? { onNavigate } : {})} />
      <nav className={classes.nav} aria-label={t("nav.label")}>
        {groups.map((group) => (
          <Fragment key={group}>
            {group !== "top" && <p className={classes.group}>{t(`nav.${group}`)}</p>}
            {pages
              .filter((page) => page.group === group)
              .map((page) => (
                <RailLink
                  key={page.to}
                  page={page}
                  folded={folded}
                  onNavigate={onNavigate}
                  {...(page.to === "/posts"
                    ? { count: needsYou, countLabel: t("nav.postsNeedYou", { count: needsYou }) }
                    : {})}
                />
              ))}
          </Fragment>
        ))}
      </nav>
      <div className={classes.foot}>
        {status.sandbox && <SandboxBadge url={status.sandbox_url} folded={folded} />}
        {onFold && <BellButton classes={classes} folded={folded} />}
        <UserMenu folded={folded} onNavigate={onNavigate} />
        <div className={classes.last}>
          {!folded && (
            <p className={classes.legal}>
              <TextLink to="/privacy">{t("legal.privacy")}</TextLink>
              <TextLink to="/terms">{t("legal.terms")}</TextLink>
            </p>
          )}
          {onFold && (
            <ActionIcon size={28} aria-label={t(folded ? "nav.unfold" : "nav.fold")} onClick={onFold}>
              {folded ? (
                <PanelLeftOpen size={16} aria-hidden="true" />
              ) : (
                <PanelLeftClose size={16} aria-hidden="true" />
              )}
            </ActionIcon>
          )}
        </div>
      </div>
    </div>
  );
}

function SearchBox({ folded, onNavigate }: { folded: boolean; onNavigate?: () => void }) {
  const { t } = useTranslation();
  const { openPalette } = useOverlays();
  return (
    <UnstyledButton
      data-tip={folded ? t("palette.label") : undefined}
      data-tip-at="right"
      className={classes.search}
      aria-label={t("palette.label")}
      aria-keyshortcuts={ariaKeys("mod+k")}
      onClick={() => {
        onNavigate?.();
        openPalette();
      }}
    >
      <Search size={15} aria-hidden="true" />
      <span className={classes.label}>{t("palette.label")}</span>
      <span className={classes.searchKeys} aria-hidden="true">
        <Keys presses={keyCaps("mod+k").map((press) => [press.join(" ")])} />
      </span>
    </UnstyledButton>
  );
}

interface RailLinkProps {
  page: FramePage;
  folded: boolean;
  onNavigate?: (() => void) | undefined;
  count?: number;
  countLabel?: string;
}

function RailLink({ page, folded, onNavigate, count = 0, countLabel }: RailLinkProps) {
  const { t } = useTranslation();
  const { to, icon: Icon, label } = page;
  const here = useLocation({ select: ({ pathname }) => isAt(page, pathname) });
  return (
    <Link
      data-tip={folded ? t(label) : undefined}
      data-tip-at="right"
      to={to}
      className={classes.item}
      data-folded={folded || undefined}
      {...(folded ? { "aria-label": t(label) } : {})}
      activeProps={{}}
      data-active={here || undefined}
      aria-current={here ? "page" : undefined}
      onClick={onNavigate}
    >
      <Icon size={18} aria-hidden="true" />
      <span className={classes.label}>{t(label)}</span>
      {count > 0 && (
        <span className={classes.count} title={countLabel}>
          {count}
        </span>
      )}
    </Link>
  );
}
