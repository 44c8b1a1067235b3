import { Button, Loader } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AuthCard } from "@/features/account/AuthCard";
import classes from "@/features/account/AuthCard.module.css";
import { Refusal } from "@/ui/Refusal";

/** While a link is being used. */
export function LinkWorking({ title }: { title: string }) {
  const { t } = useTranslation();
  return (
    <AuthCard title={title} detail={t("links.working")}>
      <div aria-busy="true">
        <Loader size="sm" aria-label={t("common.loading")} />
      </div>
    </AuthCard>
  );
}

/** When it could not be used for a reason that may pass. */
export function LinkFailed({
  title,
  error,
  onRetry,
}: {
  title: string;
  error: unknown;
  onRetry: () => void;
}) {
  const { t } = useTranslation();
  return (
    <AuthCard title={title} detail={t("links.failed")}>
      <div className={classes.form}>
        <Refusal error={error} />
        <Button size="md" onClick={onRetry}>
          {t("common.tryAgain")}
        </Button>
      </div>
    </AuthCard>
  );
}
