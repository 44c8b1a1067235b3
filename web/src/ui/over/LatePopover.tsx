import { lazy, type ReactNode } from "react";
import { loadOver } from "./load";
import { Opener, type OpenerProps } from "./Opener";
import type { PopoverLook } from "./OpenPopover";

const OpenPopover = lazy(async () => ({ default: (await loadOver()).OpenPopover }));

interface LatePopoverProps extends PopoverLook, Pick<OpenerProps, "target"> {
  children: (close: () => void) => ReactNode;
}

/** A button with a popover, which is loaded when somebody comes near. */
export function LatePopover({ target, children, ...look }: LatePopoverProps) {
  return (
    <Opener kind="dialog" target={target} load={loadOver}>
      {(popup) => (
        <OpenPopover {...look} popup={popup}>
          {children(() => popup.onChange(false))}
        </OpenPopover>
      )}
    </Opener>
  );
}
