import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { api, body } from "@/api/client";
import { ApiError } from "@/api/error";
import { statusQuery } from "@/features/account/session";
import { toastFailed } from "@/ui/toast";

/** Tells the browser's other tabs: a session acts in one workspace at a time. */
const CHANNEL = "fanfare-workspace";

const leaving = new Set<() => void>();

/** Has something done before another workspace is shown: what is under way belongs to this one. */
export const onLeaving = (stop: () => void): void => void leaving.add(stop);

export function leaveWorkspace(): void {
  for (const stop of leaving) stop();
}

/** The server keeps the workspace that was named last as the one that is shown. */
export function nameToServer(id: string) {
  leaveWorkspace();
  return body(api.GET("/api/workspaces", { headers: { "Fanfare-Workspace": id }, cache: "no-store" }));
}

export function tellOtherTabs(id: string): void {
  const others = new BroadcastChannel(CHANNEL);
  others.postMessage(id);
  others.close();
}

/**
 * Goes over to another of one's workspaces.
 *
 * Nothing loaded for the one before may be shown any more.
 */
export function useSwitchWorkspace() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: nameToServer,
    onSuccess: async (_, id) => {
      await navigate({ to: "/" });
      await queryClient.fetchQuery({ ...statusQuery, staleTime: 0 });
      await queryClient.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== "status" });
      tellOtherTabs(id);
    },
    onError: (error, id) => {
      // It may be entered once two-factor is on.
      if (error instanceof ApiError && error.code === "two_factor_required")
        void navigate({ to: "/settings/security", search: { workspace: id, next: "/" } });
      else toastFailed(error);
    },
  });
}

/** Starts anew when another tab went over to another workspace; a composer with unsaved words asks before. */
export function useFollowWorkspace(current: string): void {
  useEffect(() => {
    const others = new BroadcastChannel(CHANNEL);
    others.onmessage = ({ data }) => {
      if (data !== current) window.location.assign("/");
    };
    return () => others.close();
  }, [current]);
}
