import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { TextLink } from "@/ui/links";
import { SidePanel } from "@/ui/SidePanel";
import { toastFailed, toastUndo } from "@/ui/toast";
import { NotificationList } from "./NotificationList";
import classes from "./Notifications.module.css";
import { newestQuery, useMarks } from "./queries";

/** What is new, and below it what was read. */
export function NotificationPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const unread = useQuery(newestQuery(true));
  const read = useQuery(newestQuery(false));
  const error = unread.error ?? read.error;
  return (
    <SidePanel
      title={t("nav.notifications")}
      onClose={onClose}
      footer={
        <div className={classes.foot}>
          <TextLink to="/notifications" search={{}} onClick={onClose}>
            {t("notifications.all")}
          </TextLink>
          <TextLink to="/settings/account" hash="notifications" onClick={onClose}>
            {t("notifications.choose")}
          </TextLink>
        </div>
      }
    >
      {error ? (
        <FailedState error={error} onRetry={() => void Promise.all([unread.refetch(), read.refetch()])} />
      ) : !unread.data || !read.data ? (
        <Skeleton height={160} radius={12} aria-busy="true" />
      ) : unread.data.items.length + read.data.items.length === 0 ? (
        <EmptyState
          icon={<Bell size={20} aria-hidden="true" />}
          title={t("notifications.noneTitle")}
          detail={t("notifications.none")}
        />
      ) : (
        <>
          {unread.data.items.length > 0 && (
            <>
              <ReadAll />
              <NotificationList items={unread.data.items} onNavigate={onClose} />
            </>
          )}
          {read.data.items.length > 0 && (
            <>
              <p className={classes.part}>{t("notifications.read")}</p>
              <NotificationList items={read.data.items} onNavigate={onClose} />
            </>
          )}
        </>
      )}
    </SidePanel>
  );
}

/** Marks everything as read, which can be taken back. */
export function ReadAll() {
  const { t } = useTranslation();
  const { readAll, takeBack } = useMarks();
  return (
    <Button
      variant="default"
      size="xs"
      loading={readAll.isPending}
      onClick={() =>
        // The button goes as soon as nothing is unread; what follows must not go with it.
        void readAll.mutateAsync().then(
          ({ count, read_at }) =>
            toastUndo(t("notifications.marked", { count }), () => takeBack.mutateAsync(read_at)),
          (error) => toastFailed(error),
        )
      }
    >
      {t("notifications.readAll")}
    </Button>
  );
}
