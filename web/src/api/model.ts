/** What the API speaks of, under the names the interface uses. */

export interface User {
  id: string;
  email: string;
  name: string;
  is_admin: boolean;
  email_verified: boolean;
  created_at: string;
}

export interface Workspace {
  id: string;
  name: string;
  role: string;
}

export interface AuthStatus {
  authenticated: boolean;
  user?: User | null;
  workspaces?: Workspace[] | null;
  workspace_id?: string | null;
  sandbox: boolean;
  sandbox_url?: string | null;
  registration_open: boolean;
  set_up: boolean;
  version: string;
}

export interface Choice {
  value: string;
  label: string;
}

export interface ConnectField {
  name: string;
  label: string;
  help: string;
  kind: { type: "text" | "url" | "secret" } | { type: "choice"; choices: Choice[] };
  required: boolean;
  placeholder: string;
}

export interface ConnectMethod {
  kind: "oauth" | "token";
  fields: ConnectField[];
  scopes: { name: string; why: string; required: boolean }[];
}

export interface OptionSpec {
  name: string;
  label: string;
  help: string;
  kind:
    | { type: "choice"; choices: Choice[]; default: string }
    | { type: "text"; max: number }
    | { type: "flag"; default: boolean };
}

export interface MediaLimits {
  mimes: string[];
  max_items: number;
}

export interface ContentRules {
  text: { max: number | null; required_without_media: boolean };
  media: {
    required: boolean;
    max_items: number;
    mixed: boolean;
    image: MediaLimits | null;
    video: MediaLimits | null;
    alt_max: number | null;
  };
  links_clickable: boolean;
  options: OptionSpec[];
  daily_posts: number | null;
}

export interface Platform {
  id: string;
  name: string;
  summary: string;
  roles: string[];
  configured: boolean;
  sandbox: boolean;
  connect: "oauth" | "token";
  connect_methods: ConnectMethod[];
  rules: ContentRules;
  documentation_url: string;
  callback_url: string;
  variables: string[];
  accounts: number;
}

export interface Problem {
  code: string;
  detail: string;
  advice: string;
}

export type ConnectionStatus = "connected" | "expiring" | "expired" | "revoked" | "error" | "disconnected";

export interface Channel {
  id: string;
  connection_id: string;
  platform: string;
  remote_id: string;
  name: string;
  kind: string;
  avatar_url: string | null;
  url: string | null;
  enabled: boolean;
  paused: boolean;
  problem: string | null;
  status: ConnectionStatus;
  rules: ContentRules;
  limited_until: string | null;
}

export interface Connection {
  id: string;
  platform: string;
  remote_id: string;
  name: string;
  avatar_url: string | null;
  status: ConnectionStatus;
  scopes: string[];
  missing_scopes: string[];
  expires_at: string | null;
  last_synced_at: string | null;
  last_error: Problem | null;
  created_at: string;
  channels: Channel[];
}

export interface Media {
  id: string;
  kind: "image" | "gif" | "video";
  mime: string;
  bytes: number;
  width: number;
  height: number;
  duration_ms: number | null;
  alt: string;
  file_name: string;
  url: string;
  thumbnail_url: string | null;
  created_at: string;
  used_in: number;
}

export type DeliveryState =
  | "draft"
  | "waiting_approval"
  | "scheduled"
  | "publishing"
  | "published"
  | "failed"
  | "needs_attention"
  | "cancelled"
  | "missed";

export type PostState = DeliveryState | "partly_published";

export interface Delivery {
  id: string;
  post_id: string;
  channel_id: string;
  channel_name: string;
  platform: string;
  state: DeliveryState;
  due_at: string | null;
  attempts: number;
  next_attempt_at: string | null;
  remote_id: string | null;
  permalink: string | null;
  published_at: string | null;
  late_by_ms: number | null;
  error: Problem | null;
  can_retry: boolean;
  can_cancel: boolean;
}

export interface TimelineEntry {
  at: string;
  actor: string;
  action: string;
  detail: string;
}

export interface Attempt {
  number: number;
  started_at: string;
  finished_at: string | null;
  outcome: string;
  detail: string;
  code: string | null;
}

export interface DeliveryDetail extends Delivery {
  attempt_log: Attempt[];
  timeline: TimelineEntry[];
}

export interface PostMedia {
  id: string;
  alt: string;
  kind: Media["kind"];
  mime: string;
  width: number;
  height: number;
  url: string;
  thumbnail_url: string | null;
}

export type ScheduleKind = "draft" | "now" | "at" | "queue";

export interface Schedule {
  kind: ScheduleKind;
  at: string | null;
  time_zone: string;
}

export type Options = Record<string, unknown>;

export interface Variant {
  text?: string | null;
  options?: Options;
}

export interface Post {
  id: string;
  state: PostState;
  text: string;
  media: PostMedia[];
  schedule: Schedule;
  channel_ids: string[];
  variants: Record<string, Variant>;
  deliveries: Delivery[];
  author: { id: string; name: string } | null;
  revision: number;
  created_at: string;
  updated_at: string;
}

export interface PostDetail extends Post {
  timeline: TimelineEntry[];
}

export interface Finding {
  channel_id: string | null;
  level: "error" | "warning";
  code: string;
  field: string;
  detail: string;
}

export interface Verdict {
  findings: Finding[];
  counts: { channel_id: string; used: number; max: number | null }[];
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export interface PostPage extends Page<Post> {
  counts: Partial<Record<PostState, number>>;
}

/** What a post is made from; every part may be left out when changing one. */
export interface PostInput {
  text?: string;
  media?: { id: string; alt?: string }[];
  channel_ids?: string[];
  variants?: Record<string, Variant>;
  schedule?: { kind: ScheduleKind; at?: string; time_zone?: string };
  revision?: number;
}

export interface Upload {
  id: string;
  offset: number;
  chunk_bytes: number;
  expires_at: string;
}
