import { useTranslation } from "react-i18next";
import { PlatformTile } from "@/ui/PlatformTile";
import classes from "./MentionBar.module.css";
import type { useMentions } from "./use-mentions";

/** The accounts that a mention may become, below the text in which it is written. */
export function MentionBar({ mentions }: { mentions: ReturnType<typeof useMentions> }) {
  const { t } = useTranslation();
  const { offered, at, write, id, optionId } = mentions;
  return (
    <>
      <span className={classes.told} role="status">
        {offered.length > 0 && t("editor.mentions.found", { count: offered.length })}
      </span>
      {offered.length > 0 && (
        <div id={id} role="listbox" aria-label={t("editor.mentions.label")} className={classes.bar}>
          {offered.map((each, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the text keeps the focus and takes the keys
            <div
              key={`${each.platform} ${each.handle}`}
              id={optionId(index)}
              role="option"
              aria-selected={index === at}
              className={classes.option}
              // The press would take the focus out of the text before it is a click.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => write(each)}
            >
              <PlatformTile platform={each.platform} />
              <span>@{each.handle}</span>
            </div>
          ))}
        </div>
      )}
    </>
  );
}
