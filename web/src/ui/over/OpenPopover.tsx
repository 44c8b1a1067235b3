import { Popover, type PopoverProps } from "@mantine/core";
import type { ReactNode } from "react";
import type { Popup } from "./Opener";
import { StandIn } from "./StandIn";
import { useThenOpened } from "./use-then-opened";

export interface PopoverLook extends Pick<PopoverProps, "position" | "width"> {
  /** What is in it; otherwise its button's name says it. */
  label?: string;
  className?: string | undefined;
}

interface OpenPopoverProps extends PopoverLook {
  popup: Popup;
  children: ReactNode;
}

/** The popover of a button, once it is opened; the focus goes into it. */
export function OpenPopover({ popup, label, className, children, ...look }: OpenPopoverProps) {
  return (
    <Popover {...look} id={popup.id} opened={useThenOpened(popup.opened)} onChange={popup.onChange} trapFocus>
      <Popover.Target>
        <StandIn button={popup.button} />
      </Popover.Target>
      <Popover.Dropdown className={className} aria-label={label}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
