import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSession } from "@/features/account/session";
import { keepLine } from "./line";
import { refresh } from "./stale";
import { lineStands } from "./standing";

/** Hears from the server what changed in the workspace, for as long as a page is shown. Without it, pages look by themselves now and then. */
export function useLive(): void {
  const queryClient = useQueryClient();
  const { workspace } = useSession();
  useEffect(() => {
    // What was loaded a moment ago need not be loaded again.
    let isFirst = true;
    const url = new URL(`/api/live?workspace=${workspace.id}`, window.location.href);
    url.protocol = url.protocol.replace("http", "ws");
    return keepLine({
      url: url.href,
      onStanding: lineStands,
      onStale: (kinds) => {
        if (!isFirst || !kinds.includes("*")) refresh(queryClient, kinds);
        isFirst = false;
      },
    });
  }, [queryClient, workspace.id]);
}
