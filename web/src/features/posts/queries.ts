import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, body, newIdempotencyKey } from "@/api/client";
import { everyPage } from "@/api/every-page";
import type { Delivery, Post, PostDetail, PostInput } from "@/api/model";
import { lookEvery } from "@/features/frame/live/standing";
import { filtersOf, type PostsSearch, postsParameters, tabCount } from "./filters";
import { refreshEvery } from "./freshness";

const LIST = ["posts", "list"] as const;
/** Long lists: apart from the others, so that no refreshing reads hundreds of pages anew. */
const PAGES = ["post-pages"] as const;
const PAGE = 60;

export const readPage = (search: PostsSearch, cursor: string, limit = PAGE, signal?: AbortSignal) =>
  body(
    api.GET("/api/posts", {
      params: { query: { ...postsParameters(search), limit, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );

/** The list as its address asks for it, page by page. What is in view is kept fresh by `usePostPages`. */
export const postPagesQuery = (search: PostsSearch) =>
  infiniteQueryOptions({
    queryKey: [...PAGES, search],
    queryFn: ({ pageParam, signal }) => readPage(search, pageParam, PAGE, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
    // Coming back to the list begins at its top, with what is true then.
    gcTime: 0,
  });

/** How many posts each tab holds under the same filters. */
export const postCountsQuery = (search: PostsSearch) =>
  queryOptions({
    queryKey: [...LIST, "counts", filtersOf(search)],
    queryFn: async ({ signal }) => (await readPage(filtersOf(search), "", 1, signal)).counts ?? {},
    refetchInterval: () => lookEvery(),
  });

/** The few posts a part of Home shows. */
export const somePostsQuery = (tab: PostsSearch["tab"], limit: number, order?: PostsSearch["order"]) =>
  queryOptions({
    queryKey: [...LIST, "some", tab, limit, order],
    queryFn: ({ signal }) => readPage({ tab, order }, "", limit, signal),
    refetchInterval: (query) => refreshEvery(query.state.data?.items ?? []),
  });

/** Everybody who composed a post. */
export const authorsQuery = queryOptions({
  queryKey: ["posts", "authors"],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      body(api.GET("/api/posts/authors", { params: { query: { limit: 100, ...cursor } }, signal })),
    ),
  staleTime: 60_000,
});

export const readPost = (id: string, signal?: AbortSignal) =>
  body(api.GET("/api/posts/{id}", { params: { path: { id } }, signal }));

export const postQuery = (id: string) =>
  queryOptions({
    queryKey: ["posts", "one", id],
    queryFn: ({ signal }) => readPost(id, signal),
    refetchInterval: (query) => (query.state.data ? refreshEvery([query.state.data]) : false),
  });

export const deliveryQuery = (delivery: Delivery) =>
  queryOptions({
    // The number of attempts and the state tell when what was loaded is out of date.
    queryKey: ["deliveries", delivery.id, delivery.state, delivery.attempts],
    queryFn: ({ signal }) =>
      body(api.GET("/api/deliveries/{id}", { params: { path: { id: delivery.id } }, signal })),
  });

/** The latest of what people did with a post on one channel. */
export const engagementQuery = (id: string) =>
  queryOptions({
    queryKey: ["deliveries", id, "engagement"],
    queryFn: async ({ signal }) => {
      const params = { path: { id }, query: { limit: 20 } };
      return (await body(api.GET("/api/deliveries/{id}/engagement", { params, signal }))).items;
    },
  });

/** How many posts want a person; 0 until it is known. */
export function useNeedsYouCount(): number {
  const { data } = useQuery({ ...somePostsQuery("needs", 5), refetchInterval: () => lookEvery() });
  return data?.counts ? tabCount("needs", data.counts) : 0;
}

/** Lets everything that shows posts ask again. */
export function useRefreshPosts() {
  const queryClient = useQueryClient();
  return () => {
    lookAgain();
    return queryClient.invalidateQueries({ queryKey: ["posts"] });
  };
}

const lookers = new Set<() => void>();

/** Tells the long list in view to read what it shows anew. */
export function lookAgain(): void {
  for (const look of lookers) look();
}

export function onLookAgain(look: () => void): () => void {
  lookers.add(look);
  return () => lookers.delete(look);
}

export const cancelPost = (id: string) =>
  body(api.POST("/api/posts/{id}/cancel", { params: { path: { id } } }));

/** Nothing of it begins until it is resumed. */
export const pausePost = (id: string) =>
  body(api.POST("/api/posts/{id}/pause", { params: { path: { id } } }));

/** It goes out at its time, or at once where that has passed. */
export const resumePost = (id: string) =>
  body(api.POST("/api/posts/{id}/resume", { params: { path: { id } } }));

export const deletePost = (id: string) => body(api.DELETE("/api/posts/{id}", { params: { path: { id } } }));

/** Takes back deleting or cancelling. */
export const restorePost = (id: string) =>
  body(api.POST("/api/posts/{id}/restore", { params: { path: { id } } }));

export const duplicatePost = (id: string) =>
  body(
    api.POST("/api/posts/{id}/duplicate", {
      params: { path: { id }, header: { "Idempotency-Key": newIdempotencyKey() } },
    }),
  );

/** Gives a post that is not out yet another time; `revision` is the one that was seen, if it matters. */
export const movePost = (id: string, schedule: PostInput["schedule"], revision?: number) =>
  body(
    api.PATCH("/api/posts/{id}", {
      params: { path: { id } },
      body: { schedule, ...(revision === undefined ? {} : { revision }) },
    }),
  );

export function useCancelPost() {
  const refresh = useRefreshPosts();
  return useMutation({
    mutationFn: cancelPost,
    onSettled: refresh,
  });
}

export function useHoldPost(act: typeof pausePost) {
  const refresh = useRefreshPosts();
  return useMutation({ mutationFn: act, onSettled: refresh });
}

export function useDeletePost() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: deletePost,
    onSuccess: (_, id) => {
      queryClient.removeQueries({ queryKey: ["posts", "one", id] });
      lookAgain();
      return queryClient.invalidateQueries({ queryKey: LIST });
    },
  });
}

export function useDuplicatePost() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: duplicatePost,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: LIST }),
  });
}

/** Gives a post that is not out yet another time. */
export function useMovePost() {
  const refresh = useRefreshPosts();
  return useMutation({
    mutationFn: ({ post, schedule }: { post: Post; schedule: PostInput["schedule"] }) =>
      movePost(post.id, schedule, post.revision),
    onSettled: refresh,
  });
}

function useDeliveryAct<Input extends { delivery: Delivery }>(act: (input: Input) => Promise<Delivery>) {
  const queryClient = useQueryClient();
  const refresh = useRefreshPosts();
  return useMutation({
    mutationFn: act,
    onSuccess: (delivery) =>
      queryClient.setQueryData<PostDetail>(
        postQuery(delivery.post_id).queryKey,
        (post) =>
          post && {
            ...post,
            deliveries: post.deliveries.map((old) => (old.id === delivery.id ? delivery : old)),
          },
      ),
    onSettled: refresh,
  });
}

export const useRetryDelivery = () =>
  useDeliveryAct(({ delivery }: { delivery: Delivery }) =>
    body(api.POST("/api/deliveries/{id}/retry", { params: { path: { id: delivery.id } } })),
  );

export const useCancelDelivery = () =>
  useDeliveryAct(({ delivery }: { delivery: Delivery }) =>
    body(api.POST("/api/deliveries/{id}/cancel", { params: { path: { id: delivery.id } } })),
  );

/** Asks the platform how the post stands there. */
export const useLookAtDelivery = () =>
  useDeliveryAct(({ delivery }: { delivery: Delivery }) =>
    body(api.POST("/api/deliveries/{id}/look", { params: { path: { id: delivery.id } } })),
  );

/** A person looked at the platform and says what is true. */
export const useResolveDelivery = () =>
  useDeliveryAct((input: { delivery: Delivery; published: boolean; permalink?: string }) =>
    body(
      api.POST("/api/deliveries/{id}/resolve", {
        params: { path: { id: input.delivery.id } },
        body: { published: input.published, ...(input.permalink ? { permalink: input.permalink } : {}) },
      }),
    ),
  );

/** Another try at the first comment, with another text if one is given. */
export const useRetryComment = () =>
  useDeliveryAct(({ delivery, text }: { delivery: Delivery; text?: string }) =>
    body(
      api.POST("/api/deliveries/{id}/first-comment/retry", {
        params: { path: { id: delivery.id } },
        body: text === undefined ? {} : { text },
      }),
    ),
  );

export const useCancelComment = () =>
  useDeliveryAct(({ delivery }: { delivery: Delivery }) =>
    body(api.POST("/api/deliveries/{id}/first-comment/cancel", { params: { path: { id: delivery.id } } })),
  );

/** A person looked below the post and says what is true. */
export const useResolveComment = () =>
  useDeliveryAct(({ delivery, published }: { delivery: Delivery; published: boolean }) =>
    body(
      api.POST("/api/deliveries/{id}/first-comment/resolve", {
        params: { path: { id: delivery.id } },
        body: { published },
      }),
    ),
  );
