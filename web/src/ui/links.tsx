import { Button, type ButtonProps, Menu, type MenuItemProps } from "@mantine/core";
import { createLink, Link } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, forwardRef } from "react";

type Anchor<P> = P & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof P>;

const ButtonAnchor = forwardRef<HTMLAnchorElement, Anchor<ButtonProps>>((props, ref) => (
  <Button component="a" ref={ref} {...props} />
));
ButtonAnchor.displayName = "ButtonAnchor";

/** A button that goes to a page: a real link, so it opens in a new tab too. */
export const ButtonLink = createLink(ButtonAnchor);

const MenuAnchor = forwardRef<HTMLAnchorElement, Anchor<MenuItemProps>>((props, ref) => (
  <Menu.Item component="a" ref={ref} {...props} />
));
MenuAnchor.displayName = "MenuAnchor";

/** An entry of a menu that goes to a page. */
export const MenuLink = createLink(MenuAnchor);

/** A link in running text. */
export const TextLink = Link;
