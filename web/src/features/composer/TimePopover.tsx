import type { Popup } from "@/ui/over/Opener";
import { OpenPopover } from "@/ui/over/OpenPopover";
import { TimeFields } from "@/ui/time/TimeFields";
import { BestTimes } from "./BestTimes";
import type { When } from "./draft";
import classes from "./WhenPicker.module.css";

interface TimePopoverProps {
  popup: Popup;
  channelIds: readonly string[];
  when: When;
  onChange: (when: When) => void;
}

/** Times that did well, then date, time and zone, in a popover that grows upwards. */
export function TimePopover({ popup, channelIds, when, onChange }: TimePopoverProps) {
  return (
    <OpenPopover popup={popup} position="top-start" width="auto" className={classes.dropdown}>
      <BestTimes channelIds={channelIds} when={when} onChange={onChange} />
      <TimeFields clock={when} zone={when.zone} onChange={(change) => onChange({ ...when, ...change })} />
    </OpenPopover>
  );
}
