import { ActionIcon, type ActionIconProps, Button, type ButtonProps } from "@mantine/core";
import { createLink, Link } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, forwardRef } from "react";

type Anchor<P> = P & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof P>;

const ButtonAnchor = forwardRef<HTMLAnchorElement, Anchor<ButtonProps>>((props, ref) => (
  <Button component="a" ref={ref} {...props} />
));
ButtonAnchor.displayName = "ButtonAnchor";

const IconAnchor = forwardRef<HTMLAnchorElement, Anchor<ActionIconProps>>((props, ref) => (
  <ActionIcon component="a" ref={ref} {...props} />
));
IconAnchor.displayName = "IconAnchor";

/** A button that goes to a page: a real link, so it opens in a new tab too. */
export const ButtonLink = createLink(ButtonAnchor);

/** The same as an icon. */
export const IconLink = createLink(IconAnchor);

/** A link in running text. */
export const TextLink = Link;
