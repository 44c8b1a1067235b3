import { Button, CloseButton, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { ListFilter, Search, X } from "lucide-react";
import { lazy, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Opener } from "@/ui/over/Opener";
import classes from "./FilterBar.module.css";
import { filtersOf, isFiltered, ORDERS, type PostsSearch } from "./filters";
import { SavedFilters } from "./SavedFilters";

const loadFields = () => import("./FilterFields");
const FilterFields = lazy(async () => ({ default: (await loadFields()).FilterFields }));

/** Everything by which the list is narrowed and put in order; all of it stands in the address. */
export function FilterBar({ search }: { search: PostsSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const choose = (change: Partial<PostsSearch>) =>
    void navigate({ to: "/posts", search: { ...search, ...change } });
  const { q: _, ...others } = filtersOf(search);
  const count = Object.keys(others).length;
  return (
    <div className={classes.bar}>
      <Words search={search} />
      <Opener
        kind="dialog"
        load={loadFields}
        target={
          <Button
            leftSection={<ListFilter size={14} aria-hidden="true" />}
            className={classes.filters}
            data-on={count > 0 || undefined}
          >
            {count > 0 ? `${t("posts.filters.more")} ${count}` : t("posts.filters.more")}
          </Button>
        }
      >
        {(popup) => <FilterFields popup={popup} search={search} choose={choose} />}
      </Opener>
      <SavedFilters search={search} />
      {isFiltered(search) && (
        <Button
          variant="subtle"
          leftSection={<X size={14} aria-hidden="true" />}
          onClick={() => void navigate({ to: "/posts", search: { tab: search.tab, order: search.order } })}
        >
          {t("posts.filters.clear")}
        </Button>
      )}
      <NativeSelect
        className={classes.order}
        aria-label={t("posts.filters.order")}
        data={ORDERS.map((order) => ({ value: order, label: t(`posts.order.${order}`) }))}
        value={search.order ?? "newest"}
        onChange={(event) => {
          const known = ORDERS.find((each) => each === event.currentTarget.value);
          choose({ order: known === "newest" ? undefined : known });
        }}
      />
    </div>
  );
}

function Words({ search }: { search: PostsSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [words, setWords] = useState(search.q ?? "");
  const latest = useRef(search);
  latest.current = search;
  const find = useDebouncedCallback((q: string) => {
    void navigate({
      to: "/posts",
      search: { ...latest.current, q: q.trim() || undefined },
      replace: true,
    });
  }, 250);
  // Back, forward and «Clear» change the address without typing.
  useEffect(() => setWords((now) => (now.trim() === (search.q ?? "") ? now : (search.q ?? ""))), [search.q]);
  const type = (text: string) => {
    setWords(text);
    find(text);
  };
  return (
    <TextInput
      className={classes.search}
      aria-label={t("posts.filters.search")}
      placeholder={t("posts.filters.search")}
      leftSection={<Search size={15} aria-hidden="true" />}
      rightSection={
        words && (
          <CloseButton size="sm" aria-label={t("posts.filters.clearSearch")} onClick={() => type("")} />
        )
      }
      value={words}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
