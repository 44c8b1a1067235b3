import { ActionIcon, Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Bookmark, Check, ChevronDown, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedFilter } from "@/api/model";
import { errorLine } from "@/i18n/error-text";
import { Dialog } from "@/ui/over/Dialog";
import { LateMenu } from "@/ui/over/LateMenu";
import { toastDone, toastFailed } from "@/ui/toast";
import { type PostsSearch, postsSearch, sameSearch } from "./filters";
import classes from "./SavedFilters.module.css";
import { savedFiltersQuery, useChangeFilter, useDeleteFilter, useKeepFilter } from "./saved-filters";

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
            {saved.length === 0 && <Menu.Label>{t("posts.saved.none")}</Menu.Label>}
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
      {dialog === "save" && (
        <SaveDialog
          search={search}
          onSaved={(filter) => setAppliedId(filter.id)}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === "manage" && <ManageDialog saved={saved} onClose={() => setDialog(null)} />}
    </>
  );
}

interface SaveDialogProps {
  search: PostsSearch;
  onSaved: (filter: SavedFilter) => void;
  onClose: () => void;
}

function SaveDialog({ search, onSaved, onClose }: SaveDialogProps) {
  const { t } = useTranslation();
  const keep = useKeepFilter("posts");
  const [name, setName] = useState(search.q ?? "");
  const save = (event: FormEvent) => {
    event.preventDefault();
    keep.mutate(
      { name, query: search },
      {
        onSuccess: (filter) => {
          onSaved(filter);
          toastDone(t("posts.saved.done", { name: filter.name }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog onClose={onClose} title={t("posts.saved.title")}>
      <form onSubmit={save}>
        <TextInput
          label={t("posts.saved.name")}
          data-autofocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={keep.error && errorLine(keep.error)}
        />
        <div className={classes.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="filled" loading={keep.isPending} disabled={name.trim() === ""}>
            {t("posts.saved.confirm")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function ManageDialog({ saved, onClose }: { saved: SavedFilter[]; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog onClose={onClose} title={t("posts.saved.manageTitle")}>
      {saved.length === 0 && <p>{t("posts.saved.none")}</p>}
      <ul className={classes.list}>
        {saved.map((filter) => (
          <Kept key={filter.id} filter={filter} />
        ))}
      </ul>
      <div className={classes.actions}>
        <Button onClick={onClose}>{t("posts.saved.finish")}</Button>
      </div>
    </Dialog>
  );
}

function Kept({ filter }: { filter: SavedFilter }) {
  const { t } = useTranslation();
  const change = useChangeFilter("posts");
  const remove = useDeleteFilter("posts");
  const [name, setName] = useState(filter.name);
  const differs = name.trim() !== filter.name && name.trim() !== "";
  const rename = (event: FormEvent) => {
    event.preventDefault();
    if (!differs) return;
    change.mutate(
      { id: filter.id, name },
      { onSuccess: (renamed) => toastDone(t("posts.saved.renamed", { name: renamed.name })) },
    );
  };
  return (
    <li>
      <form onSubmit={rename} className={classes.kept}>
        <TextInput
          aria-label={t("posts.saved.name")}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={change.error && errorLine(change.error)}
        />
        {differs && (
          <ActionIcon
            type="submit"
            loading={change.isPending}
            aria-label={t("posts.saved.rename", { name: filter.name })}
          >
            <Check size={16} aria-hidden="true" />
          </ActionIcon>
        )}
        <ActionIcon
          loading={remove.isPending}
          aria-label={t("posts.saved.remove", { name: filter.name })}
          onClick={() =>
            remove.mutate(filter.id, {
              onSuccess: () => toastDone(t("posts.saved.deleted", { name: filter.name })),
              onError: (error) => toastFailed(error),
            })
          }
        >
          <Trash2 size={16} aria-hidden="true" />
        </ActionIcon>
      </form>
    </li>
  );
}
