import { type Ref, type RefObject, useImperativeHandle } from "react";

interface StandInProps {
  /** Mantine's, which wants to know where the button is. */
  ref?: Ref<HTMLElement | null>;
  button: RefObject<HTMLElement | null>;
}

/** Is to Mantine's menu or popover the target that it must have; the button itself is on the page already. */
export function StandIn({ ref, button }: StandInProps) {
  useImperativeHandle<HTMLElement | null, HTMLElement | null>(ref, () => button.current, [button]);
  return null;
}
