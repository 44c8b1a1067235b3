import { Button, SegmentedControl } from "@mantine/core";
import { CalendarClock, ChevronDown } from "lucide-react";
import { lazy } from "react";
import { useTranslation } from "react-i18next";
import type { Channel, Post } from "@/api/model";
import { RepeatPicker } from "@/features/repeat/RepeatPicker";
import { dateAndTime, zoneName } from "@/i18n/format";
import { Opener } from "@/ui/over/Opener";
import { toInstant } from "@/ui/time/wall-clock";
import type { When } from "./draft";
import { SlotsPicker } from "./SlotsPicker";
import classes from "./WhenPicker.module.css";

const loadTime = () => import("./TimePopover");
const TimePopover = lazy(async () => ({ default: (await loadTime()).TimePopover }));

interface WhenPickerProps {
  when: When;
  onChange: (when: When) => void;
  /** A post that has a time already cannot become a draft again here. */
  canBeDraft: boolean;
  /** Where it goes, in the post's order. */
  channels: Channel[];
  /** What is stored already: a post in the queue keeps its slots. */
  post: Post | null;
}

const KINDS = ["now", "at", "queue", "draft"] as const;

/** Now, at a time and perhaps again and again, in the next free slot, or not yet. */
export function WhenPicker({ when, onChange, canBeDraft, channels, post }: WhenPickerProps) {
  const { t } = useTranslation();
  const names = {
    now: t("composer.when.now"),
    at: t("composer.when.at"),
    queue: t("scheduling.when.queue"),
    draft: t("scheduling.when.draft"),
  };
  return (
    <div className={classes.when}>
      <SegmentedControl
        className={classes.kinds}
        aria-label={t("composer.when.label")}
        value={when.kind}
        onChange={(kind) => onChange({ ...when, kind: kind as When["kind"] })}
        data={KINDS.filter((kind) => kind !== "draft" || canBeDraft).map((value) => ({
          value,
          label: names[value],
        }))}
      />
      {when.kind === "at" && (
        <>
          <TimeButton when={when} onChange={onChange} channels={channels} />
          <RepeatPicker
            rule={when.repeat}
            clock={when}
            zone={when.zone}
            onChange={(repeat) => onChange({ ...when, repeat })}
          />
        </>
      )}
      {when.kind === "queue" && <SlotsPicker channels={channels} post={post} />}
    </div>
  );
}

function TimeButton({ when, onChange, channels }: Pick<WhenPickerProps, "when" | "onChange" | "channels">) {
  const { t } = useTranslation();
  const at = toInstant(when, when.zone);
  const shown = at ? `${dateAndTime(at, when.zone)} ${zoneName(when.zone, at)}` : t("composer.when.invalid");
  return (
    <Opener
      kind="dialog"
      load={loadTime}
      target={
        <Button
          leftSection={<CalendarClock size={15} aria-hidden="true" />}
          rightSection={<ChevronDown size={14} aria-hidden="true" />}
          aria-label={t("composer.when.change", { at: shown })}
        >
          {shown}
        </Button>
      }
    >
      {(popup) => (
        <TimePopover
          popup={popup}
          channelIds={channels.map(({ id }) => id)}
          when={when}
          onChange={onChange}
        />
      )}
    </Opener>
  );
}
