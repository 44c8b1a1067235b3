import { Button } from "@mantine/core";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/error";
import { AuthCard } from "@/features/account/AuthCard";
import classes from "@/features/account/AuthCard.module.css";
import { ButtonLink } from "@/ui/links";
import { Refusal } from "@/ui/Refusal";
import { BrokenLink } from "./BrokenLink";
import { useConfirmRecovery, useStopRecovery } from "./queries";

const route = getRouteApi("/recover-two-factor");

/** Where the two links lead that are sent when somebody says that their device is lost: one goes on, the other stops it. */
export function RecoverTwoFactorPage() {
  const { token, stop } = route.useSearch();
  if (stop) return <Stop token={stop} />;
  return token ? <Confirm token={token} /> : <BrokenLink />;
}

/** A press is asked for: programs that look at mail follow links, too. */
function Confirm({ token }: { token: string }) {
  const { t } = useTranslation();
  const router = useRouter();
  const confirm = useConfirmRecovery();
  const goOn = async () => {
    await router.invalidate();
    await router.navigate({ to: "/settings/security", search: {} });
  };
  if (isUnusable(confirm.error)) return <BrokenLink detail={t("links.recover.broken")} />;
  return (
    <AuthCard title={t("links.recover.title")} detail={t("links.recover.detail")}>
      <div className={classes.form}>
        {confirm.error && <Refusal error={confirm.error} />}
        <Button
          variant="filled"
          size="md"
          fullWidth
          loading={confirm.isPending}
          onClick={() => confirm.mutate(token, { onSuccess: () => void goOn() })}
        >
          {t("links.recover.confirm")}
        </Button>
      </div>
    </AuthCard>
  );
}

function Stop({ token }: { token: string }) {
  const { t } = useTranslation();
  const stop = useStopRecovery();
  if (isUnusable(stop.error)) return <BrokenLink detail={t("links.recover.broken")} />;
  if (stop.isSuccess)
    return (
      <AuthCard title={t("links.recover.stopped")} detail={t("links.recover.stoppedDetail")}>
        <ButtonLink to="/forgot-password" search={{}} size="md" variant="filled">
          {t("links.recover.changePassword")}
        </ButtonLink>
      </AuthCard>
    );
  return (
    <AuthCard title={t("links.recover.stopTitle")} detail={t("links.recover.stopDetail")}>
      <div className={classes.form}>
        {stop.error && <Refusal error={stop.error} />}
        <Button
          variant="danger-filled"
          size="md"
          fullWidth
          loading={stop.isPending}
          onClick={() => stop.mutate(token)}
        >
          {t("links.recover.stop")}
        </Button>
      </div>
    </AuthCard>
  );
}

const isUnusable = (error: unknown): boolean => error instanceof ApiError && error.code === "link_invalid";
