import type { QueryClient } from "@tanstack/react-query";
import type { AnyRouter } from "@tanstack/react-router";
import { ApiError } from "@/api/error";
import type { AuthStatus } from "@/api/model";
import { statusQuery } from "./session";

const sessionEnded = (error: unknown) => error instanceof ApiError && error.code === "not_authenticated";

/** When any answer says that the session has ended, the person is asked to log in and comes back to the same page. */
export function watchSession(queryClient: QueryClient, router: AnyRouter): void {
  const end = async () => {
    const known = queryClient.getQueryData<AuthStatus>(statusQuery.queryKey);
    if (!known?.authenticated) return;
    await queryClient.fetchQuery({ ...statusQuery, staleTime: 0 });
    await router.invalidate();
  };
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "error" && sessionEnded(event.action.error))
      void end();
  });
  queryClient.getMutationCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "error" && sessionEnded(event.action.error))
      void end();
  });
}
