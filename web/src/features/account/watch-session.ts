import type { QueryClient } from "@tanstack/react-query";
import type { AnyRouter } from "@tanstack/react-router";
import { type ApiError, onRefusal } from "@/api/error";
import type { AuthStatus } from "@/api/model";
import { lacksTwoFactor, statusQuery } from "./session";

/**
 * When any answer says that the session has ended, the person is asked to log in and comes back to the same page. When one
 * says that the workspace asks for two-factor by now, the person is led to where it is set up. Answers how to stop watching.
 */
export function watchSession(queryClient: QueryClient, router: AnyRouter): () => void {
  // Several requests are refused at once, and the second look would come back in the middle of logging in.
  let looking = false;
  const lookAgain = async () => {
    if (looking) return;
    looking = true;
    await queryClient.fetchQuery({ ...statusQuery, staleTime: 0 }).finally(() => {
      looking = false;
    });
    await router.invalidate();
  };
  const hear = ({ code }: ApiError) => {
    const known = queryClient.getQueryData<AuthStatus>(statusQuery.queryKey);
    if (!known?.authenticated) return;
    if (code === "not_authenticated") void lookAgain();
    // Where that is known already, the person is being led there.
    if (code === "two_factor_required" && !lacksTwoFactor(known)) void lookAgain();
  };
  return onRefusal(hear);
}
