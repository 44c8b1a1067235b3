import type { QueryClient } from "@tanstack/react-query";
import type { AnyRouter } from "@tanstack/react-router";
import { ApiError } from "@/api/error";
import type { AuthStatus } from "@/api/model";
import { lacksTwoFactor, statusQuery } from "./session";

const saysSo = (error: unknown, code: string) => error instanceof ApiError && error.code === code;

/**
 * When any answer says that the session has ended, the person is asked to log in and comes back to the same page. When one
 * says that the workspace asks for two-factor by now, the person is led to where it is set up.
 */
export function watchSession(queryClient: QueryClient, router: AnyRouter): void {
  const lookAgain = async () => {
    await queryClient.fetchQuery({ ...statusQuery, staleTime: 0 });
    await router.invalidate();
  };
  const hear = (error: unknown) => {
    const known = queryClient.getQueryData<AuthStatus>(statusQuery.queryKey);
    if (!known?.authenticated) return;
    if (saysSo(error, "not_authenticated")) void lookAgain();
    // Where that is known already, the person is being led there.
    if (saysSo(error, "two_factor_required") && !lacksTwoFactor(known)) void lookAgain();
  };
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "error") hear(event.action.error);
  });
  queryClient.getMutationCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "error") hear(event.action.error);
  });
}
