import { ActionIcon } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Check, Mail, Plug, Send, ShieldCheck, Webhook } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Notification, NotificationKind } from "@/api/model";
import { dayHeading } from "@/i18n/format";
import { Ago } from "@/ui/Ago";
import { PlatformTile } from "@/ui/PlatformTile";
import classes from "./Notifications.module.css";
import { useMarks } from "./queries";
import { about, happened, placeOf } from "./words";

interface ListProps {
  items: readonly Notification[];
  onNavigate?: (() => void) | undefined;
}

/** Day by day. Whoever follows one has read it. */
export function NotificationList({ items, onNavigate }: ListProps) {
  return byDay(items).map(([name, those]) => (
    <section key={name} aria-label={name}>
      <h3 className={classes.day}>{name}</h3>
      <ul className={classes.list}>
        {those.map((one) => (
          <Row key={one.id} one={one} onNavigate={onNavigate} />
        ))}
      </ul>
    </section>
  ));
}

function Row({ one, onNavigate }: { one: Notification; onNavigate?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const marks = useMarks();
  const isUnread = one.read_at === null;
  const mark = t(isUnread ? "notifications.markRead" : "notifications.markUnread");
  return (
    <li className={classes.row} data-unread={isUnread || undefined}>
      <span className={classes.from} aria-hidden="true">
        {one.platform ? <PlatformTile platform={one.platform} size={20} /> : <KindIcon kind={one.kind} />}
      </span>
      <Link
        {...placeOf(one)}
        className={classes.link}
        onClick={() => {
          if (isUnread) marks.read.mutate(one.id);
          onNavigate?.();
        }}
      >
        <span className={classes.did}>{happened(one, t)}</span>
        <span className={classes.about}>{about(one, t)}</span>
        <span className={classes.where}>
          {one.account && one.account !== one.title && `${one.account} · `}
          <Ago at={one.at} />
        </span>
      </Link>
      <ActionIcon
        size={28}
        variant="subtle"
        aria-label={mark}
        data-tip={mark}
        onClick={() => (isUnread ? marks.read : marks.unread).mutate(one.id)}
      >
        {isUnread ? <Check size={15} aria-hidden="true" /> : <Mail size={15} aria-hidden="true" />}
      </ActionIcon>
    </li>
  );
}

/** What it is about, where that is no place at a platform. */
function KindIcon({ kind }: { kind: NotificationKind }) {
  if (kind === "security_alert") return <ShieldCheck size={18} />;
  if (kind === "connection_trouble") return <Plug size={18} />;
  if (kind === "webhook_disabled" || kind === "events_unclaimed") return <Webhook size={18} />;
  return <Send size={18} />;
}

/** The days in the order in which they come. */
function byDay(items: readonly Notification[]): [string, Notification[]][] {
  const days = new Map<string, Notification[]>();
  for (const one of items) {
    const name = dayHeading(one.at);
    days.set(name, [...(days.get(name) ?? []), one]);
  }
  return [...days];
}
