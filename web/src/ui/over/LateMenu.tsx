import { lazy } from "react";
import { loadOver } from "./load";
import { Opener, type OpenerProps } from "./Opener";
import type { MenuLook } from "./OpenMenu";

const OpenMenu = lazy(async () => ({ default: (await loadOver()).OpenMenu }));

/** A button with a menu; the menu and what it is made of are loaded when somebody comes near. */
export function LateMenu({ target, ...look }: Pick<OpenerProps, "target"> & MenuLook) {
  return (
    <Opener kind="menu" target={target} load={loadOver}>
      {(popup) => <OpenMenu {...popup} {...look} />}
    </Opener>
  );
}
