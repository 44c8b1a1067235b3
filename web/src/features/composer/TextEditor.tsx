import { ActionIcon, Button } from "@mantine/core";
import { AtSign, CircleAlert, Undo2 } from "lucide-react";
import { lazy, Suspense, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/model";
import { count } from "@/i18n/format";
import { PlatformTile } from "@/ui/PlatformTile";
import { type Draft, isEdited, textFor, withOption, withText } from "./draft";
import { EmojiButton } from "./EmojiButton";
import type { SharedFinding } from "./findings";
import { HashtagMenu } from "./HashtagMenu";
import { apart, insertAt } from "./insert";
import { MarkedTextarea } from "./MarkedTextarea";
import { MentionBar } from "./MentionBar";
import classes from "./TextEditor.module.css";
import { useMentions } from "./use-mentions";
import { type Judgement, rangesFor } from "./use-verdict";

// They are there before somebody has come to a channel's tab.
const loadOptions = import("./ChannelOptions");
const ChannelOptions = lazy(async () => ({ default: (await loadOptions).ChannelOptions }));

interface TextEditorProps {
  draft: Draft;
  onChange: (change: (draft: Draft) => Draft) => void;
  /** The chosen channels. */
  channels: Channel[];
  judgement: Judgement;
  /** The channel whose own text is shown; `null` for all. */
  tab: string | null;
  onTab: (channelId: string | null) => void;
  /** What stands at the options of the shown channel. */
  optionFindings: SharedFinding[];
  /** The option that is led to. */
  sought: { option?: string };
  /** Writing begins here at once, as in a drawer that was opened to write. */
  autoFocus?: boolean;
}

/** The text for all channels, and for each where it differs, with counters as each platform counts. */
export function TextEditor(props: TextEditorProps) {
  const {
    draft,
    onChange,
    channels,
    judgement,
    tab,
    onTab,
    optionFindings,
    sought,
    autoFocus = false,
  } = props;
  const { t } = useTranslation();
  const panel = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const shown = channels.find(({ id }) => id === tab);
  const counted = shown ? [shown] : channels;
  const mentions = useMentions(
    field,
    counted.map(({ platform }) => platform),
  );
  const hasError = (id: string) =>
    judgement.findings.some(({ level, channelIds }) => level === "error" && channelIds.includes(id));

  const tabs = [{ id: null, channel: null }, ...channels.map((channel) => ({ id: channel.id, channel }))];
  const move = (from: number, by: number) => {
    const next = tabs[(from + by + tabs.length) % tabs.length];
    if (!next) return;
    onTab(next.id);
    document.getElementById(`${panel} tab ${next.id ?? "all"}`)?.focus();
  };

  return (
    <div className={classes.editor}>
      <div className={classes.tabs} role="tablist" aria-label={t("editor.tabs.label")}>
        {tabs.map(({ id, channel }, index) => (
          <button
            key={id ?? "all"}
            id={`${panel} tab ${id ?? "all"}`}
            type="button"
            role="tab"
            aria-selected={id === (shown?.id ?? null)}
            aria-controls={panel}
            tabIndex={id === (shown?.id ?? null) ? 0 : -1}
            className={classes.tab}
            onClick={() => onTab(id)}
            onKeyDown={(event) => {
              if (event.key === "ArrowRight") move(index, 1);
              if (event.key === "ArrowLeft") move(index, -1);
            }}
          >
            {channel ? (
              <>
                <PlatformTile platform={channel.platform} />
                {channel.name}
                {isEdited(draft, channel.id) && (
                  <span className={classes.edited}>{t("editor.tabs.edited")}</span>
                )}
                {hasError(channel.id) && (
                  <CircleAlert
                    size={14}
                    className={classes.alert}
                    role="img"
                    aria-label={t("editor.tabs.problem")}
                  />
                )}
              </>
            ) : (
              t("editor.tabs.main")
            )}
          </button>
        ))}
      </div>
      <div id={panel} role="tabpanel" aria-labelledby={`${panel} tab ${shown?.id ?? "all"}`}>
        <MarkedTextarea
          ref={field}
          autoFocus={autoFocus}
          data-autofocus={autoFocus || undefined}
          aria-label={shown ? t("editor.text.variantLabel", { name: shown.name }) : t("editor.text.label")}
          placeholder={t("editor.text.placeholder")}
          value={textFor(draft, shown?.id ?? null)}
          ranges={rangesFor(judgement, shown?.id ?? null)}
          judged={textFor(judgement.judged, shown?.id ?? null)}
          onChange={(event) => {
            const text = event.currentTarget.value;
            onChange((now) => withText(now, shown?.id ?? null, text));
            mentions.look(event);
          }}
          {...mentions.field}
        />
        <MentionBar mentions={mentions} />
        <Suspense>
          {shown && (
            <ChannelOptions
              channel={shown}
              key={shown.id}
              options={draft.variants[shown.id]?.options ?? {}}
              findings={optionFindings}
              sought={sought}
              onChange={(name, value) => onChange((now) => withOption(now, shown.id, name, value))}
            />
          )}
        </Suspense>
      </div>
      <div className={classes.foot}>
        <div className={classes.tools} role="toolbar" aria-label={t("editor.tools")}>
          <EmojiButton onPick={(emoji) => field.current && insertAt(field.current, emoji)} />
          <HashtagMenu
            onInsert={(hashtags) =>
              // The menu gives the focus back first.
              requestAnimationFrame(
                () => field.current && insertAt(field.current, apart(field.current, hashtags.join(" "))),
              )
            }
          />
          <ActionIcon
            data-tip={t("editor.mention")}
            aria-label={t("editor.mention")}
            onClick={() => field.current && insertAt(field.current, apart(field.current, "@"))}
          >
            <AtSign size={17} aria-hidden="true" />
          </ActionIcon>
        </div>
        <span className={classes.note}>
          {shown &&
            (isEdited(draft, shown.id) ? (
              <Button
                size="xs"
                variant="subtle"
                leftSection={<Undo2 size={13} aria-hidden="true" />}
                onClick={() => onChange((now) => withText(now, shown.id, null))}
              >
                {t("editor.tabs.reset")}
              </Button>
            ) : (
              t("editor.tabs.same")
            ))}
        </span>
        <ul className={classes.counts} aria-live="off">
          {counted.map((channel) => (
            <Counter
              key={channel.id}
              channel={channel}
              counted={judgement.counts.find(({ channel_id }) => channel_id === channel.id)}
            />
          ))}
        </ul>
      </div>
    </div>
  );
}

function Counter({
  channel,
  counted,
}: {
  channel: Channel;
  counted: Judgement["counts"][number] | undefined;
}) {
  const { t } = useTranslation();
  if (!counted) return null;
  const { used, max } = counted;
  const label =
    max === null
      ? t("editor.countLabel", { name: channel.name, used: count(used) })
      : t("editor.countLabelMax", { name: channel.name, used: count(used), max: count(max) });
  return (
    <li className={classes.count} data-over={(max !== null && used > max) || undefined} title={label}>
      <PlatformTile platform={channel.platform} />
      <span>
        {max === null
          ? t("editor.countNoLimit", { used: count(used) })
          : t("editor.count", { used: count(used), max: count(max) })}
      </span>
    </li>
  );
}
