import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { MediaImport, NewImport } from "@/api/model";

/** What of an account's files is looked at: a folder, or what a search finds anywhere. */
export interface Place {
  folder?: string | undefined;
  search?: string | undefined;
}

export const remoteFilesQuery = (connectionId: string, { folder, search }: Place) => {
  const place = search ? { search } : folder ? { folder } : {};
  return infiniteQueryOptions({
    queryKey: ["remote-files", connectionId, place],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/connections/{id}/files", {
          params: {
            path: { id: connectionId },
            query: { ...place, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 30_000,
  });
};

/** Has a file fetched. Under the same key, it is not fetched twice. */
export const beginImport = (from: NewImport, key: string): Promise<MediaImport> =>
  body(api.POST("/api/media/imports", { body: from, headers: { "Idempotency-Key": key } }));
