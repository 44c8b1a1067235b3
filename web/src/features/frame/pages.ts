import type { LinkProps } from "@tanstack/react-router";
import {
  Bell,
  CalendarDays,
  FileText,
  House,
  Images,
  ListOrdered,
  type LucideIcon,
  Mail,
  PenLine,
  Plug,
  Send,
  Settings,
  Users,
  Webhook,
} from "lucide-react";
import type { User } from "@/api/model";

export interface FramePage {
  to: NonNullable<LinkProps["to"]>;
  /** The same as an address. */
  href: string;
  icon: LucideIcon;
  /** Its name, in the rail, the palette and the sheet of shortcuts. */
  label: `nav.${"home" | "compose" | "calendar" | "posts" | "queue" | "library" | "connections" | "webhooks" | "apiKeys" | "publicPages" | "settings" | "account" | "security" | "workspace" | "members" | "audit" | "data" | "adminAudit" | "notifications" | "users" | "mail" | "mailTemplates"}`;
  group: PageGroup;
  /** Pressed after `g`. */
  key?: string;
  /** Only for those who administer the installation. */
  administrators?: boolean;
  /** Reached from another page, so the rail has no place for it. */
  within?: boolean;
  /** The addresses of its parts, where they do not simply lie below its own. */
  parts?: RegExp;
}

export const PAGE_GROUPS = ["top", "publish", "setUp", "installation"] as const;
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
  { to: "/webhooks", href: "/webhooks", icon: Webhook, label: "nav.webhooks", group: "setUp", key: "w" },
  {
    to: "/settings",
    href: "/settings",
    icon: Settings,
    label: "nav.settings",
    group: "setUp",
    key: "s",
    parts: /^\/settings(?!\/pages)/,
  },
  { ...within("/notifications", "nav.notifications", "b"), icon: Bell },
  within("/settings/account", "nav.account"),
  within("/settings/security", "nav.security"),
  within("/settings/workspace", "nav.workspace"),
  within("/settings/members", "nav.members", "m"),
  within("/settings/api-keys", "nav.apiKeys", "k"),
  within("/settings/audit", "nav.audit", "a"),
  within("/settings/data", "nav.data"),
  {
    to: "/admin/users",
    href: "/admin/users",
    icon: Users,
    label: "nav.users",
    group: "installation",
    administrators: true,
  },
  {
    to: "/admin/mail",
    href: "/admin/mail",
    icon: Mail,
    label: "nav.mail",
    group: "installation",
    administrators: true,
  },
  { ...within("/admin/mail/templates", "nav.mailTemplates"), administrators: true },
  { ...within("/admin/audit", "nav.adminAudit"), administrators: true },
  {
    to: "/settings/pages",
    href: "/settings/pages",
    icon: FileText,
    label: "nav.publicPages",
    group: "installation",
    administrators: true,
  },
];

/** The pages that the person can open. */
export const pagesFor = (user: User): readonly FramePage[] =>
  PAGES.filter(({ administrators }) => !administrators || user.is_admin);

/** Whether an address belongs to the page. */
export const isAt = ({ href, parts }: FramePage, pathname: string): boolean =>
  parts ? parts.test(pathname) : pathname === href || (href !== "/" && pathname.startsWith(`${href}/`));

function within(href: NonNullable<LinkProps["to"]>, label: FramePage["label"], key?: string): FramePage {
  return { to: href, href, icon: Settings, label, group: "setUp", within: true, ...(key ? { key } : {}) };
}
