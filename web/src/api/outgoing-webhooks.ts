/** What the API of outgoing webhooks takes and answers. */

export interface WebhookEndpoint {
  id: string;
  url: string;
  description: string;
  /** None of them means all. */
  event_types: string[];
  enabled: boolean;
  disabled: null | { at: string; why: string };
  /** Their values are never shown again. */
  headers: { name: string }[];
  created_at: string;
  updated_at: string;
  failing_since: string | null;
  last_success_at: string | null;
  last_failure: null | { at: string; status: number | null; error: string };
  previous_secret_until: string | null;
  waiting: number;
}

export interface WebhookEndpointInput {
  url: string;
  description?: string;
  event_types?: string[];
  headers?: { name: string; value: string }[];
  enabled?: boolean;
}

export interface WebhookEndpointChange {
  url?: string;
  description?: string;
  event_types?: string[];
  /** One without a value keeps what it had. */
  headers?: { name: string; value?: string }[];
  enabled?: boolean;
}

type WebhookEndpointMade = WebhookEndpoint & { secret: string };

export interface WebhookAttempt {
  id: string;
  message_id: string;
  event_type: string;
  number: number;
  at: string;
  duration_ms: number;
  outcome: "succeeded" | "failed";
  response: null | { status: number; body: string };
  error: string | null;
  request: { url: string; headers: { name: string; value: string }[]; body: string };
  message: { status: "pending" | "delivered" | "failed"; next_attempt_at: string | null };
}

export interface WebhookEventType {
  type: string;
  description: string;
  example: Record<string, unknown>;
}

export interface WebhookSending {
  message_id?: string;
  since?: string;
  until?: string;
  only_failed?: boolean;
  dry_run?: boolean;
}

interface Json<Body> {
  content: { "application/json": Body };
}

interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

interface OfOne {
  path: { id: string };
}

export interface OutgoingWebhookPaths {
  "/api/webhooks": {
    get: { parameters: { query?: { cursor?: string } }; responses: { 200: Json<Page<WebhookEndpoint>> } };
    post: {
      parameters: { header?: { "Idempotency-Key"?: string } };
      requestBody: Json<WebhookEndpointInput>;
      responses: { 201: Json<WebhookEndpointMade> };
    };
  };
  "/api/webhooks/event-types": {
    get: { parameters: object; responses: { 200: Json<{ items: WebhookEventType[] }> } };
  };
  "/api/webhooks/{id}": {
    get: { parameters: OfOne; responses: { 200: Json<WebhookEndpoint> } };
    patch: {
      parameters: OfOne;
      requestBody: Json<WebhookEndpointChange>;
      responses: { 200: Json<WebhookEndpoint> };
    };
    delete: { parameters: OfOne; responses: { 204: { content?: never } } };
  };
  "/api/webhooks/{id}/test": {
    post: {
      parameters: OfOne;
      requestBody: Json<{ event_type?: string }>;
      responses: { 200: Json<WebhookAttempt> };
    };
  };
  "/api/webhooks/{id}/rotate-secret": {
    post: {
      parameters: OfOne;
      requestBody: Json<{ overlap_hours?: number }>;
      responses: { 200: Json<{ secret: string; previous_secret_until: string | null }> };
    };
  };
  "/api/webhooks/{id}/attempts": {
    get: {
      parameters: OfOne & {
        query?: { outcome?: string; event_type?: string; message_id?: string; cursor?: string };
      };
      responses: { 200: Json<Page<WebhookAttempt>> };
    };
  };
  "/api/webhooks/{id}/replay": {
    post: {
      parameters: OfOne;
      requestBody: Json<WebhookSending>;
      responses: { 200: Json<{ messages: number; dry_run: boolean }> };
    };
  };
}
