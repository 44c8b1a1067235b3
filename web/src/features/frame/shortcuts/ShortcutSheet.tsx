import { Switch } from "@mantine/core";
import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Keys } from "@/ui/Keys";
import { Dialog } from "@/ui/over/Dialog";
import { keyCaps } from "./keys";
import {
  applicable,
  currentLayers,
  SHORTCUT_GROUPS,
  singleKeysOn,
  subscribe,
  switchSingleKeys,
} from "./registry";
import classes from "./ShortcutSheet.module.css";

/** Every shortcut that works on the page below. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const on = useSyncExternalStore(subscribe, singleKeysOn);
  const [shortcuts] = useState(() => applicable(currentLayers(), false));
  return (
    <Dialog onClose={onClose} title={t("shortcuts.title")} size={560}>
      {SHORTCUT_GROUPS.map((group) => {
        const here = shortcuts.filter((each) => (each.group ?? "page") === group);
        if (here.length === 0) return null;
        return (
          <section key={group} className={classes.group}>
            <h3 className={classes.heading}>{t(`shortcuts.groups.${group}`)}</h3>
            <dl className={classes.list}>
              {here.map(({ keys, words }) => (
                <div
                  key={keys}
                  className={classes.row}
                  data-off={(!on && !keys.startsWith("mod+")) || undefined}
                >
                  <dt>{words}</dt>
                  <dd>
                    <Keys presses={keyCaps(keys)} between={t("shortcuts.afterwards")} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
      <div className={classes.foot}>
        <Switch
          label={t("shortcuts.singleKeys")}
          description={t("shortcuts.singleKeysHelp")}
          checked={on}
          onChange={(event) => switchSingleKeys(event.currentTarget.checked)}
        />
      </div>
    </Dialog>
  );
}
