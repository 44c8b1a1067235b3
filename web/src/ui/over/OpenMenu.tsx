import { Menu, type MenuDropdownProps, type MenuProps } from "@mantine/core";
import type { ReactNode } from "react";
import { MenuLink } from "./MenuLink";
import type { Popup } from "./Opener";
import { StandIn } from "./StandIn";
import { useThenOpened } from "./use-then-opened";

/** The parts a menu is made of. */
const parts = {
  CheckboxGroup: Menu.CheckboxGroup,
  CheckboxItem: Menu.CheckboxItem,
  Divider: Menu.Divider,
  Item: Menu.Item,
  Label: Menu.Label,
  Link: MenuLink,
  RadioGroup: Menu.RadioGroup,
  RadioItem: Menu.RadioItem,
};

export type MenuParts = typeof parts;

export interface MenuLook extends Pick<MenuProps, "position" | "width" | "closeOnItemClick"> {
  dropdown?: MenuDropdownProps;
  children: (menu: MenuParts) => ReactNode;
}

/** The menu of a button, once it is opened. */
export function OpenMenu({ button, id, opened, onChange, dropdown, children, ...look }: Popup & MenuLook) {
  return (
    <Menu {...look} id={id} opened={useThenOpened(opened)} onChange={onChange}>
      <Menu.Target>
        <StandIn button={button} />
      </Menu.Target>
      <Menu.Dropdown {...dropdown}>{children(parts)}</Menu.Dropdown>
    </Menu>
  );
}
