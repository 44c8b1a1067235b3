import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { everyPage } from "@/api/every-page";
import type { MediaImport } from "@/api/model";
import { lookEvery } from "@/features/frame/live/standing";

/** How often to look while something moves and nobody tells, in milliseconds. */
const CLOSELY = 2_000;
/** And while nothing has been answered yet: who tells of changes tells nothing of it. */
const UNANSWERED = 5_000;

const isMoving = ({ state }: MediaImport): boolean => state === "waiting" || state === "fetching";

/** All that have not arrived, the newest first. */
export const importsQuery = queryOptions({
  queryKey: ["media-imports", "list"],
  queryFn: ({ signal }) =>
    everyPage<MediaImport>((cursor) =>
      body(api.GET("/api/media/imports", { params: { query: { limit: 100, ...cursor } }, signal })),
    ),
  refetchInterval: ({ state: { data } }) =>
    data ? lookEvery(data.some(isMoving) ? CLOSELY : undefined) : UNANSWERED,
});

/** What has become of one. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["media-imports", "one", id],
    queryFn: ({ signal }) => body(api.GET("/api/media/imports/{id}", { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data } }) => (data ? isMoving(data) && lookEvery(CLOSELY) : UNANSWERED),
    staleTime: 0,
  });

/** Changes what is shown of them before the server is asked again. An answer on its way would be older. */
export async function changeImports(
  client: QueryClient,
  change: (imports: MediaImport[]) => MediaImport[],
): Promise<void> {
  const { queryKey } = importsQuery;
  await client.cancelQueries({ queryKey });
  client.setQueryData(queryKey, (known) => known && change(known));
  await client.invalidateQueries({ queryKey });
}
