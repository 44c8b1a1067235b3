import { queryOptions } from "@tanstack/react-query";
import { ApiError } from "@/api/error";
import type { Description } from "./description";

/** The API's description. It changes with the program only. */
export const descriptionQuery = queryOptions({
  queryKey: ["api-description"],
  queryFn: async ({ signal }): Promise<Description> => {
    const answer = await fetch("/openapi.json", { signal });
    if (!answer.ok) throw ApiError.fromAnswer(answer.status, null, answer.headers.get("x-request-id"));
    return answer.json() as Promise<Description>;
  },
  staleTime: Number.POSITIVE_INFINITY,
});
