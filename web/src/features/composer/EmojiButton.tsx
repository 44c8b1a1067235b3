import { ActionIcon, Skeleton } from "@mantine/core";
import { Smile } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { LatePopover } from "@/ui/over/LatePopover";
import classes from "./EmojiPicker.module.css";

const EmojiPicker = lazy(() => import("./EmojiPicker"));

/** Opens the emoji picker; it and its names are loaded when they are wanted. */
export function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation();
  return (
    <LatePopover
      position="bottom-start"
      className={classes.dropdown}
      label={t("editor.emoji.title")}
      target={
        <ActionIcon aria-label={t("editor.emoji.open")} data-tip={t("editor.emoji.open")}>
          <Smile size={17} aria-hidden="true" />
        </ActionIcon>
      }
    >
      {(close) => (
        <Suspense fallback={<Skeleton height={320} radius={8} />}>
          <EmojiPicker
            onPick={(emoji) => {
              close();
              onPick(emoji);
            }}
          />
        </Suspense>
      )}
    </LatePopover>
  );
}
