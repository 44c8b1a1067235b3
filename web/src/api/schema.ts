import type * as m from "./model";

type Json<T> = { content: { "application/json": T } };
type Key = { "Idempotency-Key"?: string };
type Call<Ok, Body = never, Path = never, Query = never> = {
  parameters: [Path] extends [never] ? { query?: Query; header?: Key; path?: never } : { query?: Query; header?: Key; path: Path };
  responses: { 200: [Ok] extends [never] ? { content?: never } : Json<Ok> };
} & ([Body] extends [never] ? { requestBody?: never } : { requestBody: Json<Body> });
type Id = { id: string };
type OfPlatform = { platform: string };

export interface paths {
  "/api/auth/status": { get: Call<m.AuthStatus> };
  "/api/auth/register": { post: Call<{ user: m.User }, { email: string; password: string; name: string }> };
  "/api/auth/login": { post: Call<{ user: m.User }, { email: string; password: string }> };
  "/api/auth/logout": { post: Call<never> };
  "/api/workspaces/{id}": { patch: Call<m.Workspace, { name: string }, Id> };
  "/api/platforms": { get: Call<m.Page<m.Platform>> };
  "/api/platforms/{platform}/auth-url": { post: Call<{ url: string }, Record<string, string>, OfPlatform> };
  "/api/platforms/{platform}/connect": {
    post: Call<{ connection: m.Connection; channels: m.Channel[] }, Record<string, string>, OfPlatform>;
  };
  "/api/platforms/{platform}/disconnect": {
    post: Call<
      { cancelled_deliveries: number },
      { connection_id: string; scheduled: "cancel" | "keep" },
      OfPlatform
    >;
  };
  "/api/platforms/{platform}/reconnect": {
    post: Call<{ url: string }, { connection_id: string; return_to?: string }, OfPlatform>;
  };
  "/api/connections": { get: Call<m.Page<m.Connection>, never, never, { cursor?: string; limit?: number }> };
  "/api/connections/{id}": { get: Call<m.Connection, never, Id> };
  "/api/connections/{id}/refresh": { post: Call<m.Connection, never, Id> };
  "/api/channels": { get: Call<m.Page<m.Channel>, never, never, { cursor?: string; limit?: number }> };
  "/api/channels/{id}": {
    patch: Call<m.Channel, { name?: string; enabled?: boolean; paused?: boolean }, Id>;
  };
  "/api/media": { get: Call<m.Page<m.Media>, never, never, { cursor?: string; limit?: number }> };
  "/api/media/{id}": {
    get: Call<m.Media, never, Id>;
    patch: Call<m.Media, { alt: string }, Id>;
    delete: Call<never, never, Id>;
  };
  "/api/media/uploads": {
    post: Call<m.Upload, { file_name: string; bytes: number; mime?: string; alt?: string }>;
  };
  "/api/media/uploads/{id}": { get: Call<{ id: string; offset: number; bytes: number }, never, Id> };
  "/api/posts": {
    get: Call<
      m.PostPage,
      never,
      never,
      { state?: string; channel_id?: string; q?: string; cursor?: string; limit?: number }
    >;
    post: Call<m.Post, m.PostInput>;
  };
  "/api/posts/validate": { post: Call<m.Verdict, m.PostInput> };
  "/api/posts/{id}": {
    get: Call<m.PostDetail, never, Id>;
    patch: Call<m.Post, m.PostInput, Id>;
    delete: Call<never, never, Id>;
  };
  "/api/posts/{id}/publish": { post: Call<m.Post, { schedule?: m.PostInput["schedule"] }, Id> };
  "/api/posts/{id}/cancel": { post: Call<m.Post, never, Id> };
  "/api/posts/{id}/duplicate": { post: Call<m.Post, never, Id> };
  "/api/deliveries/{id}": { get: Call<m.DeliveryDetail, never, Id> };
  "/api/deliveries/{id}/retry": { post: Call<m.Delivery, never, Id> };
  "/api/deliveries/{id}/cancel": { post: Call<m.Delivery, never, Id> };
  "/api/deliveries/{id}/resolve": {
    post: Call<m.Delivery, { published: boolean; permalink?: string }, Id>;
  };
}
