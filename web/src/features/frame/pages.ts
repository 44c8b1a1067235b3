import type { LinkProps } from "@tanstack/react-router";
import { House, Images, type LucideIcon, PenLine, Plug, Send } from "lucide-react";

export interface FramePage {
  to: NonNullable<LinkProps["to"]>;
  icon: LucideIcon;
  /** Its name, in the rail, the palette and the sheet of shortcuts. */
  label: "nav.home" | "nav.compose" | "nav.posts" | "nav.library" | "nav.connections";
  group: PageGroup;
  /** Pressed after `g`. */
  key?: string;
}

export const PAGE_GROUPS = ["top", "publish", "setUp"] as const;
export type PageGroup = (typeof PAGE_GROUPS)[number];

/** Every page of the rail in its order; the palette and the shortcuts read the same list. */
export const PAGES: readonly FramePage[] = [
  { to: "/", icon: House, label: "nav.home", group: "top", key: "h" },
  { to: "/compose/{-$postId}", icon: PenLine, label: "nav.compose", group: "publish" },
  { to: "/posts", icon: Send, label: "nav.posts", group: "publish", key: "p" },
  { to: "/library", icon: Images, label: "nav.library", group: "publish", key: "l" },
  { to: "/connections", icon: Plug, label: "nav.connections", group: "setUp", key: "n" },
];
