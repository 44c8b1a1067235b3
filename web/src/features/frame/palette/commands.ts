import { useMantineColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import {
  CornerDownLeft,
  FileText,
  Image,
  Keyboard,
  Languages,
  LogOut,
  type LucideIcon,
  Monitor,
  Moon,
  PenLine,
  Plus,
  Send,
  Sun,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import { useLogOut, useSession } from "@/features/account/session";
import { channelsQuery } from "@/features/connections/queries";
import { useSwitchWorkspace } from "@/features/frame/workspaces";
import { postsParameters } from "@/features/posts/filters";
import { stateKey } from "@/features/posts/states";
import { chooseLanguage, currentLanguage } from "@/i18n";
import { LANGUAGE_CODES, LANGUAGES } from "@/i18n/languages";
import { toastFailed } from "@/ui/toast";
import { pagesFor } from "../pages";
import { matching } from "./match";
import { type RecentPlace, recentPlaces, rememberPlace } from "./recent";

export const COMMAND_GROUPS = ["recent", "pages", "actions", "posts", "channels", "media"] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

export interface Command {
  id: string;
  group: CommandGroup;
  title: string;
  /** Beside the title: a state, a platform. */
  detail?: string;
  icon: LucideIcon;
  platform?: string;
  /** The shortcut that does the same. */
  keys?: string;
  run: () => void;
}

/** So many of each kind when something was typed. */
const SHOWN = 6;
/** Shorter words find too much to be worth asking the server. */
const SHORTEST = 2;

/** What the palette offers for what was typed; `searching` while the server is asked. */
export function useCommands(
  typed: string,
  onSheet: () => void,
): { commands: Command[]; searching: boolean; failed: unknown } {
  const { t } = useTranslation();
  const { user, workspace } = useSession();
  const navigate = useNavigate();
  const actions = useActions(onSheet);
  const words = typed.trim();
  const asks = words.length >= SHORTEST;
  const channels = useQuery(channelsQuery);
  const posts = useQuery({
    queryKey: ["posts", "list", "palette", words],
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/posts", {
          params: { query: { ...postsParameters({ q: words }), limit: SHOWN } },
          signal,
        }),
      ),
    enabled: asks,
  });
  const media = useQuery({
    queryKey: ["media", "palette", words],
    queryFn: ({ signal }) =>
      body(api.GET("/api/media", { params: { query: { q: words, limit: SHOWN } }, signal })),
    enabled: asks,
  });

  const go = (place: RecentPlace) => {
    rememberPlace(workspace.id, place);
    void navigate({ href: place.href });
  };
  const placeCommand = (place: RecentPlace, more: Partial<Command> = {}): Command => ({
    id: place.id,
    group: "pages",
    title: place.title,
    icon: ICON_OF[place.kind],
    run: () => go(place),
    ...more,
  });

  const pages = pagesFor(user).map(({ to, label, icon, key, href }) =>
    placeCommand(
      { id: `page ${to}`, kind: "page", title: t(label), href },
      { icon, ...(key ? { keys: `g ${key}` } : {}) },
    ),
  );
  const found: Command[] = [
    ...(asks ? (posts.data?.items ?? []) : []).map((post) =>
      placeCommand(
        {
          id: `post ${post.id}`,
          kind: "post",
          title: firstLine(post.text) || t("posts.untitled"),
          href: `/posts/${post.id}`,
        },
        { group: "posts", detail: t(stateKey(post.state)) },
      ),
    ),
    ...matching(words, words ? (channels.data ?? []) : [], (channel) => `${channel.name} ${channel.platform}`)
      .slice(0, SHOWN)
      .map((channel) =>
        placeCommand(
          {
            id: `channel ${channel.id}`,
            kind: "channel",
            title: channel.name,
            href: `/connections/${channel.connection_id}`,
          },
          { group: "channels", platform: channel.platform },
        ),
      ),
    // The server finds them by their tags, too.
    ...(asks ? (media.data?.items ?? []) : []).map(({ id, file_name, alt }) =>
      placeCommand(
        { id: `media ${id}`, kind: "media", title: file_name, href: `/library/${id}` },
        { group: "media", ...(alt ? { detail: alt } : {}) },
      ),
    ),
  ];
  const recent = words
    ? []
    : recentPlaces(workspace.id).map((place) =>
        placeCommand(place, { id: `recent ${place.id}`, group: "recent" }),
      );
  const byName = (commands: Command[]) => matching(words, commands, ({ title }) => title);
  return {
    commands: [...recent, ...byName(pages), ...byName(actions), ...found],
    searching: asks && (posts.isFetching || media.isFetching),
    failed: asks ? (posts.error ?? media.error) : null,
  };
}

const ICON_OF: Record<RecentPlace["kind"], LucideIcon> = {
  page: FileText,
  post: Send,
  channel: CornerDownLeft,
  media: Image,
};

const firstLine = (text: string): string => text.trim().split("\n", 1)[0] ?? "";

const THEMES = [
  { scheme: "auto", icon: Monitor, label: "palette.themeAuto" },
  { scheme: "light", icon: Sun, label: "palette.themeLight" },
  { scheme: "dark", icon: Moon, label: "palette.themeDark" },
] as const;

/** What can be done from anywhere. */
function useActions(onSheet: () => void): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { workspace, status } = useSession();
  const logOut = useLogOut();
  const switchTo = useSwitchWorkspace();
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const action = (id: string, icon: LucideIcon, title: string, run: () => void, keys?: string): Command => ({
    id,
    group: "actions",
    icon,
    title,
    run,
    ...(keys ? { keys } : {}),
  });
  return [
    action(
      "compose",
      PenLine,
      t("shortcuts.compose"),
      () => void navigate({ to: "/compose/{-$postId}", search: {} }),
      "c",
    ),
    action("connect", Plus, t("palette.connect"), () => void navigate({ to: "/connections", search: {} })),
    ...THEMES.filter(({ scheme }) => scheme !== colorScheme).map(({ scheme, icon, label }) =>
      action(`theme ${scheme}`, icon, t(label), () => setColorScheme(scheme)),
    ),
    ...LANGUAGE_CODES.filter((code) => code !== currentLanguage()).map((code) =>
      action(
        `language ${code}`,
        Languages,
        t("palette.language", { name: LANGUAGES[code].name }),
        () => void chooseLanguage(code).catch((error: unknown) => toastFailed(error)),
      ),
    ),
    action("new workspace", Plus, t("workspaces.another"), () => void navigate({ to: "/new-workspace" })),
    action("shortcuts", Keyboard, t("shortcuts.show"), onSheet, "?"),
    ...(status.workspaces ?? [])
      .filter(({ id }) => id !== workspace.id)
      .map(({ id, name }) =>
        action(`workspace ${id}`, CornerDownLeft, t("workspaces.switchTo", { name }), () =>
          switchTo.mutate(id),
        ),
      ),
    action("log out", LogOut, t("user.logOut"), () =>
      logOut.mutate(undefined, { onError: (error) => toastFailed(error) }),
    ),
  ];
}
