import { Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { channelsQuery } from "@/features/connections/queries";
import type { Popup } from "@/ui/over/Opener";
import { OpenPopover } from "@/ui/over/OpenPopover";
import classes from "./FilterBar.module.css";
import type { PostsSearch } from "./filters";
import { authorsQuery } from "./queries";

interface FilterFieldsProps {
  popup: Popup;
  search: PostsSearch;
  choose: (change: Partial<PostsSearch>) => void;
}

/** The filters that are chosen from lists, in a popover. */
export function FilterFields({ popup, search, choose }: FilterFieldsProps) {
  const { t } = useTranslation();
  const { data: channels = [] } = useQuery(channelsQuery);
  const { data: authors = [] } = useQuery(authorsQuery);
  const platforms = [...new Set(channels.map(({ platform }) => platform))].sort();
  const inside = { comboboxProps: { withinPortal: false }, clearable: true };
  return (
    <OpenPopover popup={popup} label={t("posts.filters.more")} position="bottom-start" width={300}>
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
    </OpenPopover>
  );
}

/** A platform's id is its name in small letters. */
const named = (platform: string): string => platform.charAt(0).toUpperCase() + platform.slice(1);
