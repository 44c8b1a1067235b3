import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { insideAddress } from "@/features/account/inside-address";
import { useSession } from "@/features/account/session";
import { accountQuery } from "@/features/settings/queries";
import { ComingSections, SettingsPage } from "@/features/settings/SettingsPage";
import { codeText } from "@/i18n/error-text";
import { FailedState } from "@/ui/FailedState";
import { Notice } from "@/ui/Notice";
import { Together } from "@/ui/Together";
import { Devices } from "./Devices";
import { devicesQuery, passkeysQuery, signInsQuery } from "./queries";
import { TwoFactor } from "./TwoFactor";

// With it comes how a browser speaks to an authenticator.
const Passkeys = lazy(async () => ({ default: (await import("./Passkeys")).Passkeys }));
const SignIns = lazy(async () => ({ default: (await import("./SignIns")).SignIns }));

const route = getRouteApi("/frame/settings/security");

/** The second step, what one logs in with instead of the password, and everywhere one is logged in. */
export function SecurityPage() {
  const { t } = useTranslation();
  const { status } = useSession();
  const { error: code } = route.useSearch();
  const { data: account, error, refetch } = useQuery(accountQuery);
  const passkeys = useQuery({ ...passkeysQuery, enabled: status.passkeys });
  const signIns = useQuery(signInsQuery);
  const devices = useQuery(devicesQuery);
  const reading = (status.passkeys && passkeys.isPending) || signIns.isPending || devices.isPending;
  return (
    <SettingsPage title={t("nav.security")} hint={t("security.hint")}>
      {error ? (
        <FailedState error={error} onRetry={() => void refetch()} />
      ) : !account ? (
        <ComingSections />
      ) : (
        <Suspense fallback={<ComingSections />}>
          <Together reading={reading} coming={<ComingSections />}>
            <Asked />
            {code && <Notice tone="bad" title={codeText(code)} live />}
            <TwoFactor state={account.two_factor} hasPassword={account.has_password} />
            {status.passkeys && <Passkeys hasPassword={account.has_password} />}
            <SignIns provider={status.oidc?.name} hasPassword={account.has_password} />
            <Devices />
          </Together>
        </Suspense>
      )}
    </SettingsPage>
  );
}

/** Why somebody was brought here who wanted to go elsewhere. */
function Asked() {
  const { t } = useTranslation();
  const router = useRouter();
  const { user, status } = useSession();
  const { workspace, next } = route.useSearch();
  const asking = (status.workspaces ?? []).find(({ id }) => id === workspace);
  if (!asking) return null;
  return user.two_factor ? (
    <Notice
      tone="good"
      title={t("security.asked.done")}
      action={
        <Button size="xs" variant="filled" onClick={() => router.history.push(insideAddress(next))}>
          {t("security.asked.goOn")}
        </Button>
      }
    />
  ) : (
    <Notice tone="warn" title={t("security.asked.title", { workspace: asking.name })}>
      {t("security.asked.detail")}
    </Notice>
  );
}
