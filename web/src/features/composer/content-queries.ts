import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, newIdempotencyKey } from "@/api/client";
import type { ContentTemplate, HashtagGroup, PostVersion } from "@/api/model";

const GROUPS = ["hashtag-groups"];
const TEMPLATES = ["content-templates"];

interface Listed {
  name: string;
}

const byName = <T extends Listed>(items: T[]): T[] =>
  items.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { sensitivity: "base", numeric: true }));

/** Groups and templates are few, and their menus show all. */
async function every<T>(
  load: (query: { cursor?: string; limit: number }) => Promise<{ items: T[]; next_cursor: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: T[]; next_cursor: string | null } = await load({
      limit: 100,
      ...(cursor ? { cursor } : {}),
    });
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
}

export const hashtagGroupsQuery = queryOptions({
  queryKey: GROUPS,
  queryFn: async ({ signal }) =>
    byName(
      await every<HashtagGroup>((query) =>
        body(api.GET("/api/hashtag-groups", { params: { query }, signal })),
      ),
    ),
});

export const templatesQuery = queryOptions({
  queryKey: TEMPLATES,
  queryFn: async ({ signal }) =>
    byName(
      await every<ContentTemplate>((query) =>
        body(api.GET("/api/content-templates", { params: { query }, signal })),
      ),
    ),
});

export const versionsQuery = (post: string) =>
  queryOptions({
    queryKey: ["posts", "versions", post],
    queryFn: async ({ signal }): Promise<PostVersion[]> =>
      (
        await body(
          api.GET("/api/posts/{id}/versions", {
            params: { path: { id: post }, query: { limit: 100 } },
            signal,
          }),
        )
      ).items,
    staleTime: 0,
  });

/** A call that changes groups or templates, after which their menus ask again. */
function useChange<Input, Output>(key: string[], act: (input: Input) => Promise<Output>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: key }),
  });
}

const once = () => ({ header: { "Idempotency-Key": newIdempotencyKey() } });

type GroupInput = { name: string; hashtags: string[] };

export const useAddGroup = () =>
  useChange(GROUPS, (input: GroupInput) =>
    body(api.POST("/api/hashtag-groups", { body: input, params: once() })),
  );

export const useChangeGroup = () =>
  useChange(GROUPS, ({ id, ...change }: GroupInput & { id: string }) =>
    body(api.PATCH("/api/hashtag-groups/{id}", { params: { path: { id } }, body: change })),
  );

export const useDeleteGroup = () =>
  useChange(GROUPS, ({ id }: HashtagGroup) =>
    body(api.DELETE("/api/hashtag-groups/{id}", { params: { path: { id } } })),
  );

type TemplateInput = Pick<ContentTemplate, "name" | "text"> & {
  media: { id: string; alt: string }[];
  variants: Record<string, { text?: string | null; options?: Record<string, unknown> }>;
};

export const useAddTemplate = () =>
  useChange(TEMPLATES, (input: TemplateInput) =>
    body(api.POST("/api/content-templates", { body: input, params: once() })),
  );

export const useRenameTemplate = () =>
  useChange(TEMPLATES, ({ id, name }: { id: string; name: string }) =>
    body(api.PATCH("/api/content-templates/{id}", { params: { path: { id } }, body: { name } })),
  );

export const useDeleteTemplate = () =>
  useChange(TEMPLATES, ({ id }: ContentTemplate) =>
    body(api.DELETE("/api/content-templates/{id}", { params: { path: { id } } })),
  );
