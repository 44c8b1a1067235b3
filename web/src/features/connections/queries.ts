import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { everyPage } from "@/api/every-page";
import type { Channel, Connection } from "@/api/model";
import { manifestInOurWords } from "@/i18n/server-words";

export const platformsQuery = queryOptions({
  queryKey: ["platforms"],
  queryFn: async ({ signal }) =>
    manifestInOurWords((await body(api.GET("/api/platforms", { signal }))).items),
  staleTime: 60_000,
});

export const connectionsQuery = queryOptions({
  queryKey: ["connections"],
  queryFn: ({ signal }) =>
    everyPage<Connection>((cursor) =>
      body(api.GET("/api/connections", { params: { query: { limit: 100, ...cursor } }, signal })),
    ),
});

export const connectionQuery = (id: string) =>
  queryOptions({
    queryKey: ["connections", id],
    queryFn: ({ signal }) => body(api.GET("/api/connections/{id}", { params: { path: { id } }, signal })),
  });

export const channelsQuery = queryOptions({
  queryKey: ["channels"],
  queryFn: ({ signal }) =>
    everyPage<Channel>((cursor) =>
      body(api.GET("/api/channels", { params: { query: { limit: 100, ...cursor } }, signal })),
    ),
});

export const groupsQuery = queryOptions({
  queryKey: ["channel-groups"],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      body(api.GET("/api/channel-groups", { params: { query: { limit: 100, ...cursor } }, signal })),
    ),
});

export function accountsChanged(queryClient: QueryClient) {
  return Promise.all(
    ["connections", "channels", "platforms"].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
  );
}

/** Asks for the address of the platform's consent page. */
export function useAuthUrl() {
  return useMutation({
    mutationFn: ({ platform, fields }: { platform: string; fields: Record<string, string> }) =>
      body(api.POST("/api/platforms/{platform}/auth-url", { params: { path: { platform } }, body: fields })),
  });
}

/** Connects by what the person pasted. */
export function useConnectByToken() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ platform, fields }: { platform: string; fields: Record<string, string> }) =>
      body(api.POST("/api/platforms/{platform}/connect", { params: { path: { platform } }, body: fields })),
    onSuccess: () => accountsChanged(queryClient),
  });
}

export function useReconnect() {
  return useMutation({
    mutationFn: ({
      connection,
      returnTo,
    }: {
      connection: Pick<Connection, "id" | "platform">;
      returnTo: string;
    }) =>
      body(
        api.POST("/api/platforms/{platform}/reconnect", {
          params: { path: { platform: connection.platform } },
          body: { connection_id: connection.id, return_to: returnTo },
        }),
      ),
  });
}

export function useDisconnect() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ connection, scheduled }: { connection: Connection; scheduled: "cancel" | "keep" }) =>
      body(
        api.POST("/api/platforms/{platform}/disconnect", {
          params: { path: { platform: connection.platform } },
          body: { connection_id: connection.id, scheduled },
        }),
      ),
    onSuccess: async () => {
      await accountsChanged(queryClient);
      await queryClient.invalidateQueries({ queryKey: ["posts"] });
    },
  });
}

export function useChangeChannel() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({
      id,
      change,
    }: {
      id: string;
      change: { name?: string; enabled?: boolean; paused?: boolean };
    }) => body(api.PATCH("/api/channels/{id}", { params: { path: { id } }, body: change })),
    onSettled: () => accountsChanged(queryClient),
  });
}

/** Puts an account's channels in an order; it shows while the server answers. */
export function useOrderChannels(connectionId: string) {
  const queryClient = useQueryClient();
  const { queryKey } = connectionQuery(connectionId);
  return useMutation({
    mutationFn: (channel_ids: string[]) => body(api.PUT("/api/channels/order", { body: { channel_ids } })),
    onMutate: async (wanted) => {
      await queryClient.cancelQueries({ queryKey });
      const before = queryClient.getQueryData(queryKey);
      if (before) {
        const channels = wanted.flatMap((id) => before.channels.find((channel) => channel.id === id) ?? []);
        queryClient.setQueryData(queryKey, { ...before, channels });
      }
      return before;
    },
    onError: (_error, _wanted, before) => queryClient.setQueryData(queryKey, before),
    onSettled: () => accountsChanged(queryClient),
  });
}
