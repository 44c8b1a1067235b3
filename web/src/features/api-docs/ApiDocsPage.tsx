import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { PublicFoot } from "@/features/account/PublicFoot";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink, TextLink } from "@/ui/links";
import { Mark } from "@/ui/Mark";
import { SearchField } from "@/ui/SearchField";
import classes from "./ApiDocsPage.module.css";
import { As } from "./As";
import { type Access, AccessContext } from "./access";
import { byArea, type Description, found, operationsOf } from "./description";
import { ErrorCodes } from "./ErrorCodes";
import { OperationCard } from "./OperationCard";
import { descriptionQuery } from "./queries";

const route = getRouteApi("/docs");

/** The whole API: what there is, what it takes and answers, and a try at it. */
export function ApiDocsPage() {
  const { t } = useTranslation();
  const { q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const { status } = route.useRouteContext();
  const description = useQuery(descriptionQuery);
  return (
    <div className={classes.page}>
      <title>{t("pageTitle", { title: t("apiDocs.title") })}</title>
      <header className={classes.top}>
        <TextLink to="/" className={classes.brand} aria-label={t("apiDocs.back")}>
          <Mark size={26} />
          {t("app")}
        </TextLink>
        <div className={classes.search}>
          <SearchField
            label={t("apiDocs.search")}
            value={q}
            onChange={(words) =>
              void navigate({ search: (now) => ({ ...now, q: words || undefined }), replace: true })
            }
          />
        </div>
        <a className={classes.raw} href="/openapi.json">
          {t("apiDocs.raw")}
        </a>
        {status.authenticated ? (
          <ButtonLink to="/">{t("apiDocs.back")}</ButtonLink>
        ) : (
          <ButtonLink to="/login" search={{ next: "/docs" }}>
            {t("apiDocs.logIn")}
          </ButtonLink>
        )}
      </header>
      {description.error ? (
        <FailedState error={description.error} onRetry={() => void description.refetch()} />
      ) : description.data ? (
        <Whole description={description.data} words={q} signedIn={status.authenticated} />
      ) : (
        <main className={classes.loading} aria-busy="true">
          <Skeleton height={32} width="30%" />
          <Skeleton height={320} radius={12} />
        </main>
      )}
    </div>
  );
}

interface WholeProps {
  description: Description;
  words: string;
  signedIn: boolean;
}

function Whole({ description, words, signedIn }: WholeProps) {
  const { t } = useTranslation();
  const { call } = route.useSearch();
  const [access, setAccess] = useState<Access>({ signedIn, by: signedIn ? "session" : "key", key: "" });
  const all = useMemo(() => operationsOf(description), [description]);
  const shown = useMemo(() => found(all, words), [all, words]);
  const areas = byArea(shown);
  return (
    <AccessContext value={access}>
      <div className={classes.columns}>
        <nav className={classes.areas} aria-label={t("apiDocs.areas")}>
          {areas.map(([area, calls]) => (
            <a key={area} href={`#${anchor(area)}`}>
              <span lang="en">{area}</span> <span className={classes.count}>{calls.length}</span>
            </a>
          ))}
          <a href="#codes">{t("apiDocs.codes.title")}</a>
        </nav>
        <main className={classes.main}>
          <h1 className={classes.title}>{t("apiDocs.title")}</h1>
          <p className={classes.lead}>
            {t("apiDocs.lead")} {t("apiDocs.version", { version: description.info.version })}
          </p>
          {words ? null : <Begin />}
          <As access={access} onChange={setAccess} />
          <p className={classes.found} role="status">
            {t("apiDocs.found", { count: shown.length })}
          </p>
          {shown.length === 0 && (
            <EmptyState title={t("apiDocs.noneTitle")} detail={t("apiDocs.noneDetail")} />
          )}
          {areas.map(([area, calls]) => (
            <section key={area} id={anchor(area)} className={classes.area} aria-label={area}>
              <h2 className={classes.heading} lang="en">
                {area}
              </h2>
              <ul className={classes.calls}>
                {calls.map((operation) => (
                  <OperationCard
                    key={operation.id}
                    operation={operation}
                    description={description}
                    isNamed={operation.id === call}
                  />
                ))}
              </ul>
            </section>
          ))}
          <ErrorCodes />
          <PublicFoot />
        </main>
      </div>
    </AccessContext>
  );
}

function Begin() {
  const { t } = useTranslation();
  return (
    <section className={classes.begin} aria-label={t("apiDocs.begin.title")}>
      <h2 className={classes.heading}>{t("apiDocs.begin.title")}</h2>
      <ul>
        <li>{t("apiDocs.begin.auth")}</li>
        <li>{t("apiDocs.begin.errors")}</li>
        <li>{t("apiDocs.begin.lists")}</li>
        <li>{t("apiDocs.begin.limits")}</li>
      </ul>
    </section>
  );
}

const anchor = (area: string): string => area.toLowerCase().replace(/[^a-z]+/g, "-");
