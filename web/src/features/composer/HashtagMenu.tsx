import { ActionIcon, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Hash, Settings2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "@/i18n/error-text";
import { hashtagGroupsQuery } from "./content-queries";
import { HashtagGroups } from "./HashtagGroups";
import classes from "./HashtagMenu.module.css";

/** Hashtags kept under a name: one press writes them all. */
export function HashtagMenu({ onInsert }: { onInsert: (hashtags: string[]) => void }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [managing, setManaging] = useState(false);
  const groups = useQuery({ ...hashtagGroupsQuery, enabled: opened });
  return (
    <>
      <Menu opened={opened} onChange={setOpened} position="bottom-start" withinPortal width={280}>
        <Menu.Target>
          <ActionIcon data-tip={t("editor.hashtags.open")} aria-label={t("editor.hashtags.open")}>
            <Hash size={17} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown className={classes.dropdown}>
          {groups.data?.map((group) => (
            <Menu.Item key={group.id} onClick={() => onInsert(group.hashtags)}>
              <span className={classes.name}>{group.name}</span>
              <span className={classes.tags}>{group.hashtags.join(" ")}</span>
            </Menu.Item>
          ))}
          {groups.data?.length === 0 && (
            <Menu.Item disabled className={classes.note}>
              {t("editor.hashtags.none")}
            </Menu.Item>
          )}
          {groups.error && (
            <Menu.Item disabled className={classes.note}>
              {errorText(groups.error).title}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item
            leftSection={<Settings2 size={14} aria-hidden="true" />}
            onClick={() => setManaging(true)}
          >
            {t("editor.hashtags.manage")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {managing && <HashtagGroups onClose={() => setManaging(false)} />}
    </>
  );
}
