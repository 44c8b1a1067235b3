import { Checkbox, CloseButton, NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { LayoutGrid, Rows3, Search } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./LibraryFilters.module.css";
import { KINDS, type Kind, type LibrarySearch, SORTS, type Sort } from "./library-search";
import { tagsQuery } from "./queries";

interface LibraryFiltersProps {
  search: LibrarySearch;
  onChange: (change: Partial<LibrarySearch>, replace?: boolean) => void;
  /** How it looks is asked too; a picker always shows a grid. */
  withView?: boolean;
}

/** What narrows the library: words, a tag, a kind, whether it is used; and its order and look. */
export function LibraryFilters({ search, onChange, withView = true }: LibraryFiltersProps) {
  const { t } = useTranslation();
  const { data: tags = [] } = useQuery(tagsQuery);
  const [words, setWords] = useState(search.q ?? "");
  const find = useDebouncedCallback((q: string) => onChange({ q: q.trim() || undefined }, true), 250);
  // Back, forward and «Clear» change the address without typing.
  useEffect(() => setWords((now) => (now.trim() === (search.q ?? "") ? now : (search.q ?? ""))), [search.q]);

  return (
    <div className={classes.filters}>
      <TextInput
        className={classes.search}
        aria-label={t("library.filters.search")}
        placeholder={t("library.filters.search")}
        leftSection={<Search size={15} aria-hidden="true" />}
        rightSection={
          words && (
            <CloseButton
              size="sm"
              aria-label={t("library.filters.clearSearch")}
              onClick={() => {
                setWords("");
                find("");
              }}
            />
          )
        }
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          find(event.currentTarget.value);
        }}
      />
      <NativeSelect
        className={classes.choice}
        aria-label={t("library.filters.kind")}
        data={[
          { value: "", label: t("library.filters.anyKind") },
          ...KINDS.map((kind) => ({ value: kind, label: t(`library.kind.${kind}`) })),
        ]}
        value={search.kind ?? ""}
        onChange={(event) => onChange({ kind: (event.currentTarget.value as Kind) || undefined })}
      />
      {(tags.length > 0 || search.tag) && (
        <NativeSelect
          className={classes.choice}
          aria-label={t("library.filters.tag")}
          data={[
            { value: "", label: t("library.filters.anyTag") },
            ...withChosen(
              tags.map(({ tag, files }) => ({ value: tag, label: `${tag} (${files})` })),
              search.tag,
            ),
          ]}
          value={search.tag ?? ""}
          onChange={(event) => onChange({ tag: event.currentTarget.value || undefined })}
        />
      )}
      {withView && (
        <>
          <Checkbox
            label={t("library.filters.unused")}
            checked={search.unused ?? false}
            onChange={(event) => onChange({ unused: event.currentTarget.checked || undefined })}
          />
          <div className={classes.look}>
            <NativeSelect
              className={classes.sort}
              aria-label={t("library.filters.sort")}
              data={SORTS.map((sort) => ({ value: sort, label: t(`library.sort.${sort}`) }))}
              value={search.sort ?? "newest"}
              onChange={({ currentTarget: { value } }) =>
                onChange({ sort: value === "newest" ? undefined : (value as Sort) })
              }
            />
            <SegmentedControl
              aria-label={t("library.filters.view")}
              value={search.view ?? "grid"}
              onChange={(view) => onChange({ view: view === "list" ? "list" : undefined })}
              data={[
                { value: "grid", label: <View words={t("library.view.grid")} icon={LayoutGrid} /> },
                { value: "list", label: <View words={t("library.view.list")} icon={Rows3} /> },
              ]}
            />
          </div>
        </>
      )}
    </div>
  );
}

/** A tag in the address that no file has any more is still named. */
function withChosen(data: { value: string; label: string }[], tag: string | undefined) {
  return tag && !data.some(({ value }) => value === tag) ? [{ value: tag, label: tag }, ...data] : data;
}

function View({ words, icon: Icon }: { words: string; icon: typeof LayoutGrid }) {
  return (
    <span className={classes.view} title={words}>
      <Icon size={15} aria-hidden="true" />
      <span className={classes.hidden}>{words}</span>
    </span>
  );
}
