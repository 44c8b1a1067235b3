import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Bookmark, Check, ChevronDown } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedFilter } from "@/api/model";
import { LateMenu } from "@/ui/over/LateMenu";
import { toastDone, toastFailed } from "@/ui/toast";
import { type PostsSearch, postsSearch, sameSearch } from "./filters";
import classes from "./SavedFilters.module.css";
import { savedFiltersQuery, useChangeFilter } from "./saved-filters";

const loadDialogs = () => import("./SavedFilterDialogs");
const SaveDialog = lazy(async () => ({ default: (await loadDialogs()).SaveDialog }));
const ManageDialog = lazy(async () => ({ default: (await loadDialogs()).ManageDialog }));

/** What an address of long ago says today. */
const searchOf = (filter: SavedFilter): PostsSearch => postsSearch(filter.query);

/** The filters a person keeps: applied by one press, saved, renamed, deleted. */
export function SavedFilters({ search }: { search: PostsSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const saved = useQuery(savedFiltersQuery("posts")).data ?? [];
  const change = useChangeFilter("posts");
  const [dialog, setDialog] = useState<"save" | "manage" | null>(null);
  const [appliedId, setAppliedId] = useState<string | null>(null);

  const matching = saved.find((filter) => sameSearch(searchOf(filter), search));
  /** Applied before, and changed since. */
  const altered = matching ? undefined : saved.find(({ id }) => id === appliedId);
  const something = !sameSearch(search, {});
  const apply = (filter: SavedFilter) => {
    setAppliedId(filter.id);
    void navigate({ to: "/posts", search: searchOf(filter) });
  };
  const update = (filter: SavedFilter) =>
    change.mutate(
      { id: filter.id, query: search },
      {
        onSuccess: () => toastDone(t("posts.saved.done", { name: filter.name })),
        onError: (error) => toastFailed(error),
      },
    );

  return (
    <>
      <LateMenu
        position="bottom-start"
        width={260}
        target={
          <Button
            leftSection={<Bookmark size={14} aria-hidden="true" />}
            rightSection={<ChevronDown size={14} aria-hidden="true" />}
            className={classes.button}
            data-applied={matching ? true : undefined}
          >
            {matching?.name ?? t("posts.saved.menu")}
          </Button>
        }
      >
        {(Menu) => (
          <>
            {saved.length === 0 && (
              // A menu without anything to choose is none; this way it is read out too.
              <Menu.Item className={classes.none} aria-disabled closeMenuOnClick={false}>
                {t("posts.saved.none")}
              </Menu.Item>
            )}
            {saved.map((filter) => (
              <Menu.Item
                key={filter.id}
                onClick={() => apply(filter)}
                aria-current={filter === matching || undefined}
                rightSection={filter === matching && <Check size={14} aria-hidden="true" />}
              >
                {filter.name}
              </Menu.Item>
            ))}
            {(altered || (something && !matching) || saved.length > 0) && <Menu.Divider />}
            {altered && (
              <Menu.Item onClick={() => update(altered)}>
                {t("posts.saved.update", { name: altered.name })}
              </Menu.Item>
            )}
            {something && !matching && (
              <Menu.Item onClick={() => setDialog("save")}>{t("posts.saved.save")}</Menu.Item>
            )}
            {saved.length > 0 && (
              <Menu.Item onClick={() => setDialog("manage")}>{t("posts.saved.manage")}</Menu.Item>
            )}
          </>
        )}
      </LateMenu>
      <Suspense>
        {dialog === "save" && (
          <SaveDialog
            search={search}
            onSaved={(filter) => setAppliedId(filter.id)}
            onClose={() => setDialog(null)}
          />
        )}
        {dialog === "manage" && <ManageDialog saved={saved} onClose={() => setDialog(null)} />}
      </Suspense>
    </>
  );
}
