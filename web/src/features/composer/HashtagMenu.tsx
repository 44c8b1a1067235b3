import { ActionIcon } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Hash, Settings2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "@/i18n/error-text";
import { LateMenu } from "@/ui/over/LateMenu";
import type { MenuParts } from "@/ui/over/OpenMenu";
import { hashtagGroupsQuery } from "./content-queries";
import classes from "./HashtagMenu.module.css";

const HashtagGroups = lazy(async () => ({ default: (await import("./HashtagGroups")).HashtagGroups }));

interface HashtagMenuProps {
  onInsert: (hashtags: string[]) => void;
}

/** Hashtags kept under a name: one press writes them all. */
export function HashtagMenu({ onInsert }: HashtagMenuProps) {
  const { t } = useTranslation();
  const [managing, setManaging] = useState(false);
  return (
    <>
      <LateMenu
        position="bottom-start"
        width={280}
        dropdown={{ className: classes.dropdown }}
        target={
          <ActionIcon aria-label={t("editor.hashtags.open")} data-tip={t("editor.hashtags.open")}>
            <Hash size={17} aria-hidden="true" />
          </ActionIcon>
        }
      >
        {(Menu) => (
          <>
            <Groups Menu={Menu} onInsert={onInsert} />
            <Menu.Divider />
            <Menu.Item
              leftSection={<Settings2 size={14} aria-hidden="true" />}
              onClick={() => setManaging(true)}
            >
              {t("editor.hashtags.manage")}
            </Menu.Item>
          </>
        )}
      </LateMenu>
      {managing && (
        <Suspense>
          <HashtagGroups onClose={() => setManaging(false)} />
        </Suspense>
      )}
    </>
  );
}

/** Asked for when the menu is opened. */
function Groups({ Menu, onInsert }: HashtagMenuProps & { Menu: MenuParts }) {
  const { t } = useTranslation();
  const groups = useQuery(hashtagGroupsQuery);
  const note = groups.error
    ? errorText(groups.error).title
    : groups.data?.length === 0 && t("editor.hashtags.none");
  return (
    <>
      {groups.data?.map((group) => (
        <Menu.Item key={group.id} onClick={() => onInsert(group.hashtags)}>
          <span className={classes.name}>{group.name}</span>
          <span className={classes.tags}>{group.hashtags.join(" ")}</span>
        </Menu.Item>
      ))}
      {note && (
        <Menu.Item disabled className={classes.note}>
          {note}
        </Menu.Item>
      )}
    </>
  );
}
