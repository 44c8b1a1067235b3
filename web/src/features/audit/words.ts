import type { TFunction } from "i18next";
import type { AuditEvent } from "@/api/model";
import { i18next } from "@/i18n";
import type { audit } from "@/i18n/en/audit";

type Kind = keyof typeof audit.kind;

/** A log, by what may stand in it. */
export interface Log {
  page: "/settings/audit" | "/admin/audit";
  /** The kinds of things that it is about. */
  kinds: readonly Kind[];
  tells: (action: string) => boolean;
}

/** That a workspace was deleted is told where its own log does not go with it. */
const isDeletion = (action: string): boolean => kindOf(action) === "workspace" && action.endsWith(".deleted");

export const LOGS = {
  workspace: {
    page: "/settings/audit",
    kinds: [
      "post",
      "delivery",
      "first_comment",
      "media",
      "media_folder",
      "connection",
      "channel",
      "channel_group",
      "content_template",
      "hashtag_group",
      "workspace",
      "export",
      "invitation",
      "user",
      "session",
      "api_key",
      "webhook",
    ],
    tells: (action) => !isDeletion(action),
  },
  installation: {
    page: "/admin/audit",
    kinds: ["installation", "user", "session", "workspace", "page", "mail_template", "mail_address", "key"],
    tells: (action) => kindOf(action) !== "workspace" || isDeletion(action),
  },
} as const satisfies Record<string, Log>;

export function kindWords(t: TFunction, kind: string): string {
  const known = Object.values(LOGS)
    .flatMap<Kind>(({ kinds }) => kinds)
    .find((each) => each === kind);
  return known ? t(`audit.kind.${known}`) : kind;
}

/** What was done, as it goes on behind a name: "scheduled a post". What has no words yet is told as the server names it. */
export function actionWords(action: string): string {
  const key = `audit.action.${action}`;
  return i18next.exists(key) && action.includes(".") ? i18next.t(key as "audit.action.post.drafted") : action;
}

/** The actions that a log may tell of, about things of one kind or of all. */
export const actionsIn = ({ kinds, tells }: Log, kind?: string): string[] =>
  knownActions().filter((action) => {
    const about = kindOf(action);
    return tells(action) && (kind ? about === kind : kinds.some((each) => each === about));
  });

/** Every action that has words, as the server names it, in the order of the kinds. */
export function knownActions(): string[] {
  const words = i18next.t("audit.action", { returnObjects: true }) as unknown as Record<
    string,
    Record<string, string>
  >;
  return Object.entries(words).flatMap(([kind, all]) => Object.keys(all).map((name) => `${kind}.${name}`));
}

/** Kinds that the names of some actions do not begin with. */
const DONE_TO: Record<string, Kind> = {
  audit: "user",
  channels: "workspace",
  keys: "key",
  member: "user",
  "session.others_revoked": "user",
};

/** The kind of thing that an action is done to, as the server writes it. */
export function kindOf(action: string): string {
  const [area = "", name = ""] = action.split(".");
  if (area === "workspace" && name.startsWith("export_")) return "export";
  return DONE_TO[action] ?? DONE_TO[area] ?? area;
}

/** Who did it; the name is gone where what the log told about a person was erased. */
export const actorName = (t: TFunction, { actor }: AuditEvent): string => actor.name || t("audit.somebody");

/** What the thing is called, where the event says so. */
export function subjectName(detail: unknown): string | null {
  const said = (detail ?? {}) as Record<string, unknown>;
  for (const name of ["name", "file_name", "email", "title", "to", "url"])
    if (typeof said[name] === "string" && said[name] !== "") return said[name];
  return null;
}
