import { Menu, type MenuDropdownProps, type MenuProps } from "@mantine/core";
import type { ReactNode } from "react";
import type { Popup } from "./Opener";
import { StandIn } from "./StandIn";
import { useThenOpened } from "./use-then-opened";

/** The parts a menu is made of. */
export type MenuParts = Pick<
  typeof Menu,
  "CheckboxGroup" | "CheckboxItem" | "Divider" | "Item" | "Label" | "RadioGroup" | "RadioItem"
>;

export interface MenuLook extends Pick<MenuProps, "position" | "width" | "closeOnItemClick"> {
  dropdown?: MenuDropdownProps;
  children: (parts: MenuParts) => ReactNode;
}

/** The menu of a button, once it is opened. */
export function OpenMenu({ button, id, opened, onChange, dropdown, children, ...look }: Popup & MenuLook) {
  return (
    <Menu {...look} id={id} opened={useThenOpened(opened)} onChange={onChange}>
      <Menu.Target>
        <StandIn button={button} />
      </Menu.Target>
      <Menu.Dropdown {...dropdown}>{children(Menu)}</Menu.Dropdown>
    </Menu>
  );
}
