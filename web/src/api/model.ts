import type { components, paths } from "./schema";

/** What the API speaks of, under the names the interface uses; the shapes are generated from the server's description. */
type Schemas = components["schemas"];

/** What a call answers when it is done. */
type Answer<Operation> = Operation extends { responses: infer Responses }
  ? {
      [Status in keyof Responses]: Status extends 200 | 201 | 202
        ? Responses[Status] extends { content: { "application/json": infer Body } }
          ? Body
          : never
        : never;
    }[keyof Responses]
  : never;

/** One of what a call lists. */
type Listed<Operation> = Answer<Operation> extends { items: (infer Item)[] } ? Item : never;

export type AuthStatus = Schemas["AuthStatus"];
export type User = Schemas["User"];
export type Workspace = Schemas["Workspace"];

export type Platform = Schemas["Platform"];
export type ConnectMethod = Schemas["ConnectMethod"];
export type ConnectField = Schemas["ConnectField"];
export type OptionSpec = Schemas["OptionSpec"];
export type Connection = Schemas["Connection"];
export type Channel = Schemas["Channel"];
export type ChannelGroup = Schemas["ChannelGroup"];
export type ConnectionCheck = Schemas["ConnectionCheck"];
export type CheckFinding = Schemas["ConnectionCheckFinding"];
export type DisconnectPreview = Schemas["DisconnectPreview"];
export type RefreshAttempt = Schemas["RefreshAttempt"];

export type Media = Schemas["Media"];
export type MediaChange = Schemas["MediaChangeInput"];
export type MediaFolder = Schemas["MediaFolder"];
export type MediaUse = Schemas["MediaUse"];
export type PostMedia = Schemas["PostMedia"];
export type RemoteFile = Schemas["RemoteFile"];
export type MediaImport = Schemas["MediaImport"];
export type NewImport = Schemas["ImportInput"];

export type Post = Schemas["Post"];
export type PostDetail = Schemas["PostWithTimeline"];
export type PostInput = Schemas["PostInput"];
export type PostChange = Schemas["PostChange"];
export type SavedFilter = Schemas["SavedFilter"];
export type Delivery = Schemas["Delivery"];
export type CalendarEntry = Schemas["CalendarEntry"];
export type Attempt = Schemas["Attempt"];
export type TimelineEntry = Schemas["TimelineEntry"];
export type VariantInput = Schemas["VariantInput"];
export type Options = NonNullable<VariantInput["options"]>;
export type ScheduleInput = Schemas["ScheduleInput"];

export type TextRule = Schemas["TextRule"];
export type TextEntity = Schemas["TextEntity"];
export type PostVersion = Schemas["PostVersion"];
export type ContentTemplate = Schemas["ContentTemplate"];
export type HashtagGroup = Schemas["HashtagGroup"];
export type Weekday = Schemas["Weekday"];
export type Repeat = Schemas["Repeat"];
export type RepeatInput = Schemas["RepeatInput"];
export type Queue = Schemas["Queue"];
export type QueueSlot = Schemas["QueueSlot"];
export type FreeSlot = Schemas["FreeSlot"];
export type ChannelAgenda = Schemas["ChannelAgenda"];
export type AgendaEntry = Schemas["AgendaEntry"];

export type Verdict = Schemas["Validation"];
export type Finding = Schemas["Finding"];
export type Fix = NonNullable<Finding["fix"]>;

export type ApiKey = Schemas["ApiKey"];
export type ApiKeyInput = Schemas["ApiKeyInput"];
export type ApiKeyChange = Schemas["ApiKeyChange"];
export type ApiKeyCall = Schemas["ApiKeyCall"];
export type ApiKeyDay = Schemas["ApiKeyDay"];

export type WebhookEvent = Schemas["WebhookEvent"];
export type WebhookEventDetail = Schemas["WebhookEventDetail"];
export type WebhookStats = Schemas["WebhookStats"];
export type WebhookReplay = Schemas["WebhookReplay"];
export type ChannelHearing = Schemas["ChannelHearing"];
export type CatchUp = Schemas["CatchUp"];
export type AccountNotice = Schemas["AccountNotice"];

export type WebhookAttempt = Schemas["WebhookAttempt"];
export type WebhookEndpoint = Schemas["Webhook"];
export type WebhookEndpointChange = Schemas["WebhookChange"];
export type WebhookEndpointInput = Schemas["WebhookInput"];
export type WebhookEventType = Schemas["WebhookEventType"];
export type WebhookSending = Schemas["OutgoingReplayInput"];

export type Account = Answer<paths["/api/account"]["get"]>;
export type EmailChange = Answer<paths["/api/account/email"]["post"]>;
export type Device = Listed<paths["/api/auth/sessions"]["get"]>;
export type Passkey = Listed<paths["/api/auth/passkeys"]["get"]>;
export type LinkedSignIn = Listed<paths["/api/auth/oidc"]["get"]>;
export type Retention = Schemas["Retention"];
export type Export = Schemas["Export"];
export type InstallationRetention = Schemas["InstallationRetention"];
export type TwoFactorSetup = Answer<paths["/api/auth/2fa/setup"]["post"]>;

export type Member = Listed<paths["/api/members"]["get"]>;
export type Invitation = Listed<paths["/api/invitations"]["get"]>;
export type InvitationWithLink = Answer<paths["/api/invitations"]["post"]>;
export type InvitationSeen = Answer<paths["/api/invitations/look"]["post"]>;

export type AdminUser = Listed<paths["/api/admin/users"]["get"]>;
export type MailSuppression = Schemas["MailSuppression"];
export type MailState = Answer<paths["/api/admin/mail"]["get"]>;
export type MailMessage = Listed<paths["/api/admin/mail/messages"]["get"]>;
export type MailMessageDetail = Answer<paths["/api/admin/mail/messages/{id}"]["get"]>;
export type MailTemplate = Answer<paths["/api/admin/mail/templates/{name}"]["get"]>;

export type AuditEvent = Listed<paths["/api/audit"]["get"]>;
export type AuditVerdict = Answer<paths["/api/audit/verify"]["get"]>;

export type Notification = Listed<paths["/api/notifications"]["get"]>;
export type NotificationKind = Notification["kind"];
export type NotificationPreferences = Answer<paths["/api/notifications/preferences"]["get"]>;
