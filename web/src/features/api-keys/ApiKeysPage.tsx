import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { KeyRound, Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiKey } from "@/api/model";
import { SettingsTabs } from "@/features/settings/SettingsTabs";
import { Ago } from "@/ui/Ago";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { TextLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import classes from "./ApiKeysPage.module.css";
import { KeyState } from "./KeyState";
import { apiKeysQuery, useMakeKey } from "./queries";
import { ShownOnce } from "./ShownOnce";

const KeyDialog = lazy(async () => ({ default: (await import("./KeyDialog")).KeyDialog }));

/** The keys by which programs use the workspace. */
export function ApiKeysPage() {
  const { t } = useTranslation();
  const keys = useQuery(apiKeysQuery);
  const make = useMakeKey();
  const [making, setMaking] = useState(false);
  const [text, setText] = useState<string | null>(null);
  const newKey = (
    <Button
      variant="filled"
      leftSection={<Plus size={15} aria-hidden="true" />}
      onClick={() => {
        make.reset();
        setMaking(true);
      }}
    >
      {t("apiKeys.new")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("apiKeys.title")} hint={t("apiKeys.hint")} action={newKey}>
        <TextLink to="/docs">{t("apiKeys.reference")}</TextLink>
      </PageHeader>
      <SettingsTabs />
      <div className={classes.page}>
        {keys.error ? (
          <FailedState error={keys.error} onRetry={() => void keys.refetch()} />
        ) : !keys.data ? (
          <div aria-busy="true">
            <Skeleton height={160} radius={12} />
          </div>
        ) : keys.data.length === 0 ? (
          <EmptyState
            icon={<KeyRound size={20} aria-hidden="true" />}
            title={t("apiKeys.emptyTitle")}
            detail={t("apiKeys.emptyDetail")}
          />
        ) : (
          <ul className={classes.list}>
            {keys.data.map((key) => (
              <KeyRow key={key.id} apiKey={key} />
            ))}
          </ul>
        )}
      </div>
      <Suspense>
        {making && (
          <KeyDialog
            title={t("apiKeys.new")}
            confirm={t("apiKeys.make")}
            pending={make.isPending}
            error={make.error}
            onClose={() => setMaking(false)}
            onSave={(key) =>
              make.mutate(key, {
                onSuccess: (made) => {
                  setMaking(false);
                  setText(made.text);
                },
              })
            }
          />
        )}
      </Suspense>
      {text !== null && <ShownOnce text={text} onClose={() => setText(null)} />}
      <Outlet />
    </>
  );
}

/** The whole row opens the key. */
function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const { id, name, preview, state, scopes, last_used_at, created_by } = apiKey;
  return (
    <li className={classes.row}>
      <span className={classes.names}>
        <Link to="/settings/api-keys/$keyId" params={{ keyId: id }} className={classes.name}>
          {name}
        </Link>
        <span className={classes.quiet}>
          <code>{preview}</code> · {t("apiKeys.by", { name: created_by })}
        </span>
      </span>
      <span className={classes.quiet}>{t("apiKeys.scopes", { count: scopes.length })}</span>
      <span className={classes.quiet}>
        {last_used_at ? <Ago at={last_used_at} /> : t("apiKeys.neverUsed")}
      </span>
      <KeyState state={state} />
    </li>
  );
}
