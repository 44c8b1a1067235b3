import { EmojiPicker as Picker } from "frimousse";
import type { AriaAttributes } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "@/i18n";
import classes from "./EmojiPicker.module.css";
import { emojiData } from "./emoji-data";

/** Every emoji, to be searched by name and walked by the arrow keys. */
export default function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation();
  return (
    <Picker.Root
      className={classes.picker}
      locale={currentLanguage()}
      resolveEmojiData={emojiData}
      columns={8}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      <Picker.Search
        className={classes.search}
        placeholder={t("editor.emoji.search")}
        aria-label={t("editor.emoji.search")}
        data-autofocus
      />
      <Picker.Viewport className={classes.viewport}>
        <Picker.Loading className={classes.note}>{t("editor.emoji.loading")}</Picker.Loading>
        <Picker.Empty className={classes.note}>{t("editor.emoji.none")}</Picker.Empty>
        <Picker.List
          className={classes.list}
          components={{
            CategoryHeader: ({ category, ...props }) => (
              <div className={classes.category} {...props}>
                {category.label}
              </div>
            ),
            Row: (props) => <div className={classes.row} {...fromOne(props)} />,
            Emoji: ({ emoji, ...props }) => (
              <button
                type="button"
                className={classes.emoji}
                data-active={emoji.isActive || undefined}
                {...fromOne(props)}
              >
                {emoji.emoji}
              </button>
            ),
          }}
        />
      </Picker.Viewport>
    </Picker.Root>
  );
}

/** The library counts rows and columns from 0, ARIA from 1. */
function fromOne<Props extends AriaAttributes>(props: Props): Props {
  const { "aria-rowindex": row, "aria-colindex": column } = props;
  return {
    ...props,
    ...(row === undefined ? {} : { "aria-rowindex": row + 1 }),
    ...(column === undefined ? {} : { "aria-colindex": column + 1 }),
  };
}
