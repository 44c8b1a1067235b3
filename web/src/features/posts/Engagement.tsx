import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Delivery } from "@/api/model";
import { errorLine } from "@/i18n/error-text";
import { Ago } from "@/ui/Ago";
import classes from "./Engagement.module.css";
import { deliveryQuery, engagementQuery } from "./queries";

const KINDS = ["comments", "reactions", "mentions", "shares"] as const;

/** What people did with the post on one channel: how much of each, and the latest words. */
export function Engagement({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <section
      className={classes.engagement}
      aria-label={t("posts.engagement.on", { name: delivery.channel_name })}
    >
      <button type="button" className={classes.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t("posts.engagement.title")}
      </button>
      {open && <Opened delivery={delivery} />}
    </section>
  );
}

function Opened({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const { data: detail, error } = useQuery(deliveryQuery(delivery));
  const { data: latest } = useQuery(engagementQuery(delivery.id));
  if (error) return <p className={classes.quiet}>{errorLine(error)}</p>;
  if (!detail || !latest) return <p className={classes.quiet}>{t("posts.engagement.loading")}</p>;
  const some = KINDS.filter((kind) => detail.engagement[kind] > 0);
  const said = latest.filter(({ kind, text }) => text && (kind === "comment" || kind === "mention"));
  return (
    <>
      {some.length === 0 ? (
        <p className={classes.quiet}>{t("posts.engagement.none")}</p>
      ) : (
        <p className={classes.counts}>
          {some.map((kind) => t(`posts.engagement.${kind}`, { count: detail.engagement[kind] })).join(" · ")}
        </p>
      )}
      {said.length > 0 && (
        <ul className={classes.said} aria-label={t("posts.engagement.latest")}>
          {said.map(({ id, actor_name, text, edited, at }) => (
            <li key={id}>
              <strong>{actor_name ?? t("posts.engagement.somebody")}</strong> {text}{" "}
              <span className={classes.quiet}>
                <Ago at={at} />
                {edited && ` · ${t("posts.engagement.edited")}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {some.length > 0 && delivery.permalink && (
        <a className={classes.quiet} href={delivery.permalink} target="_blank" rel="noreferrer">
          {t("posts.engagement.all")} <ExternalLink size={12} aria-hidden="true" />
        </a>
      )}
    </>
  );
}
