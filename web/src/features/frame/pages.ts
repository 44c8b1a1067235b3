import type { LinkProps } from "@tanstack/react-router";
import {
  CalendarDays,
  FileText,
  House,
  Images,
  KeyRound,
  ListOrdered,
  type LucideIcon,
  PenLine,
  Plug,
  Send,
} from "lucide-react";
import type { User } from "@/api/model";

export interface FramePage {
  to: NonNullable<LinkProps["to"]>;
  /** The same as an address. */
  href: string;
  icon: LucideIcon;
  /** Its name, in the rail, the palette and the sheet of shortcuts. */
  label: `nav.${"home" | "compose" | "calendar" | "posts" | "queue" | "library" | "connections" | "apiKeys" | "publicPages"}`;
  group: PageGroup;
  /** Pressed after `g`. */
  key?: string;
  /** Only for those who administer the installation. */
  administrators?: boolean;
}

export const PAGE_GROUPS = ["top", "publish", "setUp"] as const;
export type PageGroup = (typeof PAGE_GROUPS)[number];

/** Every page of the rail in its order; the palette and the shortcuts read the same list. */
const PAGES: readonly FramePage[] = [
  { to: "/", href: "/", icon: House, label: "nav.home", group: "top", key: "h" },
  { to: "/compose/{-$postId}", href: "/compose", icon: PenLine, label: "nav.compose", group: "publish" },
  {
    to: "/calendar",
    href: "/calendar",
    icon: CalendarDays,
    label: "nav.calendar",
    group: "publish",
    key: "c",
  },
  { to: "/posts", href: "/posts", icon: Send, label: "nav.posts", group: "publish", key: "p" },
  { to: "/queue", href: "/queue", icon: ListOrdered, label: "nav.queue", group: "publish", key: "q" },
  { to: "/library", href: "/library", icon: Images, label: "nav.library", group: "publish", key: "l" },
  {
    to: "/connections",
    href: "/connections",
    icon: Plug,
    label: "nav.connections",
    group: "setUp",
    key: "n",
  },
  {
    to: "/settings/api-keys",
    href: "/settings/api-keys",
    icon: KeyRound,
    label: "nav.apiKeys",
    group: "setUp",
    key: "k",
  },
  {
    to: "/settings/pages",
    href: "/settings/pages",
    icon: FileText,
    label: "nav.publicPages",
    group: "setUp",
    administrators: true,
  },
];

/** The pages that the person can open. */
export const pagesFor = (user: User): readonly FramePage[] =>
  PAGES.filter(({ administrators }) => !administrators || user.is_admin);
