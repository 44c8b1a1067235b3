import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Notification } from "@/api/model";
import { day } from "@/i18n/format";
import { Ago } from "@/ui/Ago";
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
  return (
    <li className={classes.row} data-unread={isUnread || undefined}>
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
      <button
        type="button"
        className={classes.mark}
        onClick={() => (isUnread ? marks.read : marks.unread).mutate(one.id)}
      >
        {t(isUnread ? "notifications.markRead" : "notifications.markUnread")}
      </button>
    </li>
  );
}

/** The days in the order in which they come. */
function byDay(items: readonly Notification[]): [string, Notification[]][] {
  const days = new Map<string, Notification[]>();
  for (const one of items) {
    const name = day(one.at);
    days.set(name, [...(days.get(name) ?? []), one]);
  }
  return [...days];
}
