import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { Delivery, Post, PostDetail, PostInput } from "@/api/model";
import { type PostsSearch, postsParameters, tabCount } from "./filters";
import { refreshEvery } from "./freshness";

const LIST = ["posts", "list"] as const;
const PAGE = 30;

/** The list as its address asks for it, page by page. */
export const postListQuery = (search: PostsSearch) =>
  infiniteQueryOptions({
    queryKey: [...LIST, search],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/posts", {
          params: {
            query: { ...postsParameters(search), limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: (query) => refreshEvery(query.state.data?.pages.flatMap((page) => page.items) ?? []),
  });

/** The few posts a part of Home shows. */
export const somePostsQuery = (tab: PostsSearch["tab"], limit: number) =>
  queryOptions({
    queryKey: [...LIST, "some", tab, limit],
    queryFn: ({ signal }) =>
      body(api.GET("/api/posts", { params: { query: { ...postsParameters({ tab }), limit } }, signal })),
    refetchInterval: (query) => refreshEvery(query.state.data?.items ?? []),
  });

export const postQuery = (id: string) =>
  queryOptions({
    queryKey: ["posts", "one", id],
    queryFn: ({ signal }) => body(api.GET("/api/posts/{id}", { params: { path: { id } }, signal })),
    refetchInterval: (query) => (query.state.data ? refreshEvery([query.state.data]) : false),
  });

export const deliveryQuery = (delivery: Delivery) =>
  queryOptions({
    // The number of attempts and the state tell when what was loaded is out of date.
    queryKey: ["deliveries", delivery.id, delivery.state, delivery.attempts],
    queryFn: ({ signal }) =>
      body(api.GET("/api/deliveries/{id}", { params: { path: { id: delivery.id } }, signal })),
  });

/** How many posts want a person; 0 until it is known. */
export function useNeedsYouCount(): number {
  const { data } = useQuery({ ...somePostsQuery("needs", 5), refetchInterval: 30_000 });
  return data ? tabCount("needs", data.counts) : 0;
}

/** Lets everything that shows posts ask again. */
export function useRefreshPosts() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ["posts"] });
}

export function useCancelPost() {
  const refresh = useRefreshPosts();
  return useMutation({
    mutationFn: (id: string) => body(api.POST("/api/posts/{id}/cancel", { params: { path: { id } } })),
    onSettled: refresh,
  });
}

export function useDeletePost() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => body(api.DELETE("/api/posts/{id}", { params: { path: { id } } })),
    onSuccess: (_, id) => {
      queryClient.removeQueries({ queryKey: ["posts", "one", id] });
      return queryClient.invalidateQueries({ queryKey: LIST });
    },
  });
}

export function useDuplicatePost() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => body(api.POST("/api/posts/{id}/duplicate", { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: LIST }),
  });
}

/** Gives a post that is not out yet another time. */
export function useMovePost() {
  const refresh = useRefreshPosts();
  return useMutation({
    mutationFn: ({ post, schedule }: { post: Post; schedule: PostInput["schedule"] }) =>
      body(
        api.PATCH("/api/posts/{id}", {
          params: { path: { id: post.id } },
          body: { schedule, revision: post.revision },
        }),
      ),
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
