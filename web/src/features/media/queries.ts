import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, newIdempotencyKey } from "@/api/client";
import { everyPage } from "@/api/every-page";
import type { Media, MediaChange, MediaFolder } from "@/api/model";
import { addToLists, changeInLists, LIST, removeFromLists } from "./library-cache";
import { type LibraryFilter, libraryParameters } from "./library-search";

/** The list as its address asks for it, page by page. */
export const libraryQuery = (filter: LibraryFilter) =>
  infiniteQueryOptions({
    queryKey: [...LIST, libraryParameters(filter)],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/media", {
          params: {
            query: { ...libraryParameters(filter), limit: 100, ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 60_000,
  });

export const mediaQuery = (id: string) =>
  queryOptions({
    queryKey: ["media", "one", id],
    queryFn: ({ signal }) => body(api.GET("/api/media/{id}", { params: { path: { id } }, signal })),
  });

/** The newest posts that show the file. */
export const usageQuery = (id: string) =>
  queryOptions({
    queryKey: ["media", "usage", id],
    queryFn: ({ signal }) =>
      body(api.GET("/api/media/{id}/usage", { params: { path: { id }, query: { limit: 20 } }, signal })),
  });

export const foldersQuery = queryOptions({
  queryKey: ["media", "folders"],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      body(api.GET("/api/media/folders", { params: { query: { limit: 100, ...cursor } }, signal })),
    ),
});

export const tagsQuery = queryOptions({
  queryKey: ["media", "tags"],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      body(api.GET("/api/media/tags", { params: { query: { limit: 100, ...cursor } }, signal })),
    ),
});

/** What each file changes besides itself: how many lie in a folder and carry a tag. */
function useCounts() {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: foldersQuery.queryKey }),
      queryClient.invalidateQueries({ queryKey: tagsQuery.queryKey }),
    ]);
}

/** Lets the library show a file that has come. */
export function useMediaCame() {
  const queryClient = useQueryClient();
  const count = useCounts();
  return (media: Media) => {
    addToLists(queryClient, media);
    void count();
  };
}

/** Lets the library ask again, as after an upload. */
export function useRefreshLibrary() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ["media"] });
}

export const changeMedia = (id: string, change: MediaChange): Promise<Media> =>
  body(api.PATCH("/api/media/{id}", { params: { path: { id } }, body: change }));

export const deleteMedia = (id: string) => body(api.DELETE("/api/media/{id}", { params: { path: { id } } }));

export function useChangeMedia() {
  const queryClient = useQueryClient();
  const count = useCounts();
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: MediaChange }) => changeMedia(id, change),
    onSuccess: (media) => {
      changeInLists(queryClient, media);
      void count();
    },
  });
}

export function useDeleteMedia() {
  const queryClient = useQueryClient();
  const count = useCounts();
  return useMutation({
    mutationFn: (id: string) => deleteMedia(id),
    onSuccess: (_, id) => {
      removeFromLists(queryClient, id);
      queryClient.removeQueries({ queryKey: ["media", "one", id] });
      void count();
    },
  });
}

const once = () => ({ "Idempotency-Key": newIdempotencyKey() });

/** Makes a new file of a part of one, of one in another format, or of what lies at an address. */
export function useMakeMedia() {
  const came = useMediaCame();
  return useMutation({
    mutationFn: (make: () => Promise<Media>) => make(),
    onSuccess: came,
  });
}

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const cropMedia = (id: string, area: Area): Promise<Media> =>
  body(
    api.POST("/api/media/{id}/crop", {
      params: { path: { id } },
      body: area,
      headers: once(),
    }),
  );

export const convertMedia = (id: string, to: { mime: string; max_bytes?: number }): Promise<Media> =>
  body(api.POST("/api/media/{id}/convert", { params: { path: { id } }, body: to, headers: once() }));

export const fetchMedia = (from: { url: string; alt: string; folder_id?: string }): Promise<Media> =>
  body(api.POST("/api/media/from-url", { body: from, headers: once() }));

/** Folders are made, renamed, moved and deleted; afterwards all of them are asked for again. */
export function useFolderChange<T>(work: (input: T) => Promise<unknown>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: work,
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: foldersQuery.queryKey }),
        queryClient.invalidateQueries({ queryKey: LIST, refetchType: "active" }),
      ]),
  });
}

export const createFolder = (folder: { name: string; parent_id?: string }): Promise<MediaFolder> =>
  body(api.POST("/api/media/folders", { body: folder, headers: once() }));

export const changeFolder = (
  id: string,
  change: { name?: string; parent_id?: string | null },
): Promise<MediaFolder> =>
  body(api.PATCH("/api/media/folders/{id}", { params: { path: { id } }, body: change }));

export const deleteFolder = (id: string) =>
  body(api.DELETE("/api/media/folders/{id}", { params: { path: { id }, query: { content: "move_up" } } }));
