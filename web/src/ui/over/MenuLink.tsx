import { Menu, type MenuItemProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, forwardRef } from "react";

type Anchor = MenuItemProps & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof MenuItemProps>;

const MenuAnchor = forwardRef<HTMLAnchorElement, Anchor>((props, ref) => (
  <Menu.Item component="a" ref={ref} {...props} />
));
MenuAnchor.displayName = "MenuAnchor";

/** An entry of a menu that goes to a page. */
export const MenuLink = createLink(MenuAnchor);
