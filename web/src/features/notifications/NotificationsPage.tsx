import { Button, Checkbox, NativeSelect, Skeleton } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Bell } from "lucide-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { PageHeader } from "@/ui/PageHeader";
import { unreadQuery } from "./count-query";
import { KINDS } from "./kinds";
import { NotificationList } from "./NotificationList";
import { ReadAll } from "./NotificationPanel";
import classes from "./Notifications.module.css";
import { historyQuery } from "./queries";

const route = getRouteApi("/frame/notifications");

/** Everything that one was told, read or not. */
export function NotificationsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    historyQuery(search),
  );
  const { data: unread } = useQuery(unreadQuery);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeader
        title={t("nav.notifications")}
        hint={t("notifications.hint")}
        action={unread?.unread ? <ReadAll /> : null}
      />
      <div className={classes.page}>
        <div className={classes.filters}>
          <NativeSelect
            aria-label={t("notifications.kindLabel")}
            value={search.kind ?? ""}
            data={[
              { value: "", label: t("notifications.everyKind") },
              ...KINDS.map((kind) => ({ value: kind, label: t(`notifications.kind.${kind}`) })),
            ]}
            onChange={({ currentTarget: { value } }) =>
              void navigate({ search: { ...search, kind: KINDS.find((kind) => kind === value) } })
            }
          />
          <Checkbox
            label={t("notifications.onlyUnread")}
            checked={search.unread ?? false}
            onChange={({ currentTarget: { checked } }) =>
              void navigate({ search: { ...search, unread: checked || undefined } })
            }
          />
        </div>
        {error ? (
          <FailedState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <Skeleton height={240} radius={12} aria-busy="true" />
        ) : items.length === 0 ? (
          <EmptyState
            icon={<Bell size={20} aria-hidden="true" />}
            title={t("notifications.noneTitle")}
            detail={t("notifications.none")}
          />
        ) : (
          <NotificationList items={items} />
        )}
        {hasNextPage && (
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("common.loadMore")}
          </Button>
        )}
      </div>
    </>
  );
}
