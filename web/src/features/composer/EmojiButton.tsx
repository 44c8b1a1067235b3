import { ActionIcon, Popover, Skeleton } from "@mantine/core";
import { Smile } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./EmojiPicker.module.css";

const EmojiPicker = lazy(() => import("./EmojiPicker"));

/** Opens the emoji picker; it and its names are loaded when they are wanted. */
export function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus withinPortal>
      <Popover.Target>
        <ActionIcon
          data-tip={t("editor.emoji.open")}
          aria-label={t("editor.emoji.open")}
          aria-expanded={open}
          onClick={() => setOpen((now) => !now)}
        >
          <Smile size={17} aria-hidden="true" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={t("editor.emoji.title")}>
        <Suspense fallback={<Skeleton height={320} radius={8} />}>
          <EmojiPicker
            onPick={(emoji) => {
              setOpen(false);
              onPick(emoji);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
