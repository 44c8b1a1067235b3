import { useTranslation } from "react-i18next";
import type { Delivery } from "@/api/model";
import { toastDone, toastFailed } from "@/ui/toast";
import classes from "./DeliveryCard.module.css";
import { useLookAtDelivery } from "./queries";
import { changedThere } from "./there";

/** Has Fanfare look at the platform whether a published post is still there, and as it was sent. */
export function LookAgain({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const look = useLookAtDelivery();
  const name = delivery.channel_name;
  const press = () =>
    look.mutate(
      { delivery },
      {
        onSuccess: (seen) => toastDone(t(`posts.delivery.seen.${changedThere(seen) ?? "asSent"}`, { name })),
        onError: (refusal) => toastFailed(refusal),
      },
    );
  return (
    <button
      type="button"
      className={classes.log}
      disabled={look.isPending}
      aria-busy={look.isPending}
      onClick={press}
      aria-label={`${t("posts.delivery.lookAgain")}: ${name}`}
    >
      {t("posts.delivery.lookAgain")}
    </button>
  );
}
