import { queryOptions } from "@tanstack/react-query";
import { api, body } from "@/api/client";

/** How many the person has not read. */
export const unreadQuery = queryOptions({
  queryKey: ["notifications", "count"],
  queryFn: ({ signal }) => body(api.GET("/api/notifications/count", { signal })),
  refetchInterval: 60_000,
});
