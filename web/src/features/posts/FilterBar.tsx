import { Button, CloseButton, Popover, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ListFilter, Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { channelsQuery } from "@/features/connections/queries";
import classes from "./FilterBar.module.css";
import { filtersOf, isFiltered, ORDERS, type PostsSearch } from "./filters";
import { authorsQuery } from "./queries";
import { SavedFilters } from "./SavedFilters";

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
      <Popover position="bottom-start" width={300} trapFocus>
        <Popover.Target>
          <Button
            leftSection={<ListFilter size={14} aria-hidden="true" />}
            className={classes.filters}
            data-on={count > 0 || undefined}
          >
            {count > 0 ? `${t("posts.filters.more")} ${count}` : t("posts.filters.more")}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t("posts.filters.more")}>
          <Fields search={search} choose={choose} />
        </Popover.Dropdown>
      </Popover>
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
      <Select
        className={classes.order}
        aria-label={t("posts.filters.order")}
        allowDeselect={false}
        data={ORDERS.map((order) => ({ value: order, label: t(`posts.order.${order}`) }))}
        value={search.order ?? "newest"}
        onChange={(order) => {
          const known = ORDERS.find((each) => each === order);
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

interface FieldsProps {
  search: PostsSearch;
  choose: (change: Partial<PostsSearch>) => void;
}

function Fields({ search, choose }: FieldsProps) {
  const { t } = useTranslation();
  const { data: channels = [] } = useQuery(channelsQuery);
  const { data: authors = [] } = useQuery(authorsQuery);
  const platforms = [...new Set(channels.map(({ platform }) => platform))].sort();
  const inside = { comboboxProps: { withinPortal: false }, clearable: true };
  return (
    <div className={classes.fields}>
      <Select
        {...inside}
        label={t("posts.filters.channel")}
        placeholder={t("posts.filters.anyChannel")}
        data={channels.map(({ id, name, platform }) => ({
          value: id,
          label: `${name} · ${named(platform)}`,
        }))}
        value={search.channel ?? null}
        onChange={(channel) => choose({ channel: channel ?? undefined })}
      />
      <Select
        {...inside}
        label={t("posts.filters.platform")}
        data={platforms.map((platform) => ({ value: platform, label: named(platform) }))}
        value={search.platform ?? null}
        onChange={(platform) => choose({ platform: platform ?? undefined })}
      />
      <Select
        {...inside}
        label={t("posts.filters.author")}
        data={authors.map(({ id, name }) => ({ value: id, label: name }))}
        value={search.author ?? null}
        onChange={(author) => choose({ author: author ?? undefined })}
      />
      <div className={classes.days}>
        <TextInput
          type="date"
          label={t("posts.filters.from")}
          max={search.to}
          value={search.from ?? ""}
          onChange={(event) => choose({ from: event.currentTarget.value || undefined })}
        />
        <TextInput
          type="date"
          label={t("posts.filters.to")}
          min={search.from}
          value={search.to ?? ""}
          onChange={(event) => choose({ to: event.currentTarget.value || undefined })}
        />
      </div>
    </div>
  );
}

/** A platform's id is its name in small letters. */
const named = (platform: string): string => platform.charAt(0).toUpperCase() + platform.slice(1);
