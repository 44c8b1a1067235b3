import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import settings from "@/features/settings/Settings.module.css";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { Rows } from "@/ui/Rows";
import { SearchField } from "@/ui/SearchField";
import { AdministratorsOnly } from "./AdministratorsOnly";
import { usersQuery } from "./queries";
import { UserRow } from "./UserRow";

const route = getRouteApi("/frame/admin/users");

/** Everybody on this installation, for those who run it. */
export function UsersPage() {
  const { t } = useTranslation();
  const { user } = useSession();
  const { q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHeader
        title={t("nav.users")}
        hint={t("admin.users.hint")}
        action={
          user.is_admin && (
            <ButtonLink to="/admin/audit" search={{}}>
              {t("nav.adminAudit")}
            </ButtonLink>
          )
        }
      />
      <div className={`${settings.page} ${settings.wide}`}>
        {user.is_admin ? (
          <>
            <SearchField
              label={t("admin.users.search")}
              value={q}
              onChange={(words) => void navigate({ search: words ? { q: words } : {}, replace: true })}
            />
            <Users search={q} />
          </>
        ) : (
          <AdministratorsOnly />
        )}
      </div>
    </>
  );
}

function Users({ search }: { search: string }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(usersQuery(search));
  const users = list.data?.pages.flatMap((page) => page.items);
  if (list.error && !users) return <FailedState error={list.error} onRetry={() => void list.refetch()} />;
  if (!users)
    return (
      <div aria-busy="true">
        <Skeleton height={240} radius={12} />
      </div>
    );
  if (users.length === 0)
    return (
      <EmptyState
        icon={<Search size={20} aria-hidden="true" />}
        title={t("admin.users.none", { words: search })}
        detail={t("admin.users.noneDetail")}
        action={
          <ButtonLink to="/admin/users" search={{}}>
            {t("admin.users.all")}
          </ButtonLink>
        }
      />
    );
  return (
    <>
      <Rows label={t("nav.users")}>
        {users.map((user) => (
          <UserRow key={user.id} person={user} />
        ))}
      </Rows>
      {list.hasNextPage && (
        <div>
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("common.loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}
