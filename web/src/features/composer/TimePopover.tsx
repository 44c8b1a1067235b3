import type { Popup } from "@/ui/over/Opener";
import { OpenPopover } from "@/ui/over/OpenPopover";
import { TimeFields } from "@/ui/time/TimeFields";
import type { When } from "./draft";
import classes from "./WhenPicker.module.css";

interface TimePopoverProps {
  popup: Popup;
  when: When;
  onChange: (when: When) => void;
}

/** Date, time and zone, in a popover. */
export function TimePopover({ popup, when, onChange }: TimePopoverProps) {
  return (
    <OpenPopover popup={popup} position="top-start" width="auto" className={classes.dropdown}>
      <TimeFields clock={when} zone={when.zone} onChange={(change) => onChange({ ...when, ...change })} />
    </OpenPopover>
  );
}
