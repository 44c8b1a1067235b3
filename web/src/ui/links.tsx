import { Button, type ButtonProps } from "@mantine/core";
import { createLink, Link } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, forwardRef } from "react";

type Anchor = ButtonProps & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps>;

const ButtonAnchor = forwardRef<HTMLAnchorElement, Anchor>((props, ref) => (
  <Button component="a" ref={ref} {...props} />
));
ButtonAnchor.displayName = "ButtonAnchor";

/** A button that goes to a page: a real link, so it opens in a new tab too. */
export const ButtonLink = createLink(ButtonAnchor);

/** A link in running text. */
export const TextLink = Link;
