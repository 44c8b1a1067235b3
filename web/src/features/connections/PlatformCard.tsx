import { ActionIcon, Button, Skeleton } from "@mantine/core";
import { Link, useSearch } from "@tanstack/react-router";
import {
  ChartColumn,
  Ellipsis,
  Images,
  Inbox,
  KeyRound,
  type LucideIcon,
  Plus,
  Send,
  Wrench,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Connection, ConnectMethod, Platform } from "@/api/model";
import { connectionPicture } from "@/api/pictures";
import { codeText } from "@/i18n/error-text";
import { relative } from "@/i18n/format";
import { inOurWords } from "@/i18n/server-words";
import { Avatar } from "@/ui/Avatar";
import { Badge } from "@/ui/Badge";
import { LateMenu } from "@/ui/over/LateMenu";
import { PlatformTile } from "@/ui/PlatformTile";
import classes from "./PlatformCard.module.css";
import { ConnectionBadge, needsPerson, useTokenLife } from "./status";

const ROLES: Record<
  string,
  { icon: LucideIcon; label: `connections.roles.${"publish" | "message" | "insights" | "files"}` }
> = {
  publish: { icon: Send, label: "connections.roles.publish" },
  message: { icon: Inbox, label: "connections.roles.message" },
  insights: { icon: ChartColumn, label: "connections.roles.insights" },
  files: { icon: Images, label: "connections.roles.files" },
};

interface PlatformCardProps {
  platform: Platform;
  connections: Connection[];
  onConnect: (platform: Platform, kind?: ConnectMethod["kind"]) => void;
  onReconnect: (platform: Platform, connection: Connection) => void;
  onGuide: (platform: Platform) => void;
  leaving: boolean;
}

/** One platform: what it can do, what it needs, and the accounts connected through it. */
export function PlatformCard({
  platform,
  connections,
  onConnect,
  onReconnect,
  onGuide,
  leaving,
}: PlatformCardProps) {
  const { t } = useTranslation();
  const [first] = platform.connect_methods;
  const other = platform.connect_methods.find((method) => method.kind !== first?.kind);

  return (
    <section className={classes.card} aria-label={platform.name}>
      <header className={classes.head}>
        <PlatformTile platform={platform.id} size={36} />
        <div className={classes.name}>
          <h2>{platform.name}</h2>
          <p className={classes.roles}>
            {platform.roles.map((role) => {
              const known = ROLES[role];
              return known ? (
                <span key={role}>
                  <known.icon size={13} aria-hidden="true" />
                  {t(known.label)}
                </span>
              ) : null;
            })}
            {platform.sandbox && (
              <Badge tone="warn" title={t("connections.pretendHelp")}>
                {t("connections.pretend")}
              </Badge>
            )}
          </p>
        </div>
        <div className={classes.connect}>
          {platform.configured ? (
            <Button
              leftSection={<Plus size={14} aria-hidden="true" />}
              loading={leaving}
              onClick={() => onConnect(platform)}
              aria-label={`${t("connections.connect")} ${platform.name}`}
            >
              {t("connections.connect")}
            </Button>
          ) : (
            <Button
              leftSection={<Wrench size={14} aria-hidden="true" />}
              onClick={() => onGuide(platform)}
              aria-label={`${t("connections.setUpOpen")} ${platform.name}`}
            >
              {t("connections.setUpOpen")}
            </Button>
          )}
          {platform.configured && (other || platform.variables.length > 0) && (
            <LateMenu
              position="bottom-end"
              target={
                <ActionIcon aria-label={`${t("common.more")}: ${platform.name}`}>
                  <Ellipsis size={16} aria-hidden="true" />
                </ActionIcon>
              }
            >
              {(Menu) => (
                <>
                  {other && (
                    <Menu.Item
                      leftSection={<KeyRound size={14} aria-hidden="true" />}
                      onClick={() => onConnect(platform, other.kind)}
                    >
                      {t(
                        other.kind === "token"
                          ? "connections.form.methodToken"
                          : "connections.form.methodOauth",
                      )}
                    </Menu.Item>
                  )}
                  {platform.variables.length > 0 && (
                    <Menu.Item
                      leftSection={<Wrench size={14} aria-hidden="true" />}
                      onClick={() => onGuide(platform)}
                    >
                      {t("connections.setUpOpen")}
                    </Menu.Item>
                  )}
                </>
              )}
            </LateMenu>
          )}
        </div>
      </header>
      {connections.length === 0 ? (
        <>
          <p className={classes.summary}>{platform.summary}</p>
          <p className={classes.needs}>
            <Needs platform={platform} />
          </p>
        </>
      ) : (
        <ul>
          {connections.map((connection) => (
            <Account
              key={connection.id}
              connection={connection}
              onReconnect={() => onReconnect(platform, connection)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

/** What it takes to connect an account, in half a sentence. */
function Needs({ platform }: { platform: Platform }) {
  const { t } = useTranslation();
  const { name } = platform;
  if (platform.sandbox) return t("connections.needs.pretend");
  if (!platform.configured) return t("connections.needs.credentials", { name });
  return t(platform.connect === "token" ? "connections.needs.token" : "connections.needs.signIn", { name });
}

/** The card's shape while platforms and accounts are loading. */
export function PlatformCardSkeleton() {
  return (
    <div className={classes.card}>
      <div className={classes.head}>
        <Skeleton height={36} width={36} radius={10} />
        <div className={classes.name}>
          <Skeleton height={14} width="60%" mb={8} />
          <Skeleton height={12} width="40%" />
        </div>
        <Skeleton height={32} width={96} radius={8} />
      </div>
      <Skeleton height={12} width="80%" mt={24} />
    </div>
  );
}

function Account({ connection, onReconnect }: { connection: Connection; onReconnect: () => void }) {
  const { t } = useTranslation();
  const life = useTokenLife();
  const stuck = needsPerson(connection);
  const { for: purpose } = useSearch({ from: "/frame/connections" });
  const words = connection.last_error
    ? inOurWords(connection.last_error.detail) || codeText(connection.last_error.code)
    : connection.missing_scopes.length > 0
      ? codeText("permission_missing")
      : connection.last_check
        ? `${life(connection)} · ${t("connections.checkedAt", { at: relative(connection.last_check.at) })}`
        : life(connection);
  return (
    <li className={classes.account}>
      <Avatar name={connection.name} src={connectionPicture(connection)} />
      <div className={classes.who}>
        <Link
          to="/connections/$connectionId"
          params={{ connectionId: connection.id }}
          search={{ for: purpose }}
          className={classes.link}
        >
          {connection.name}
        </Link>
        <p className={classes.words} data-bad={stuck || undefined}>
          {words}
        </p>
      </div>
      {stuck ? (
        <Button
          size="xs"
          variant="filled"
          className={classes.above}
          onClick={onReconnect}
          aria-label={`${t("connections.reconnect")} ${connection.name}`}
        >
          {t("connections.reconnect")}
        </Button>
      ) : (
        <ConnectionBadge status={connection.status} />
      )}
    </li>
  );
}
