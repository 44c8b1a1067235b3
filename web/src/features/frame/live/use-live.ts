import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSession } from "@/features/account/session";
import { keepLine } from "./line";
import { refresh } from "./stale";
import { lineStands } from "./standing";

/** In milliseconds; a line takes about as long to open as a page takes to load. */
const AT_ONCE = 3_000;

/** Hears from the server what changed in the workspace, for as long as a page is shown. Without it, pages look by themselves now and then. */
export function useLive(): void {
  const queryClient = useQueryClient();
  const { workspace } = useSession();
  useEffect(() => {
    // What was loaded a moment ago need not be loaded again; a line that opens late has missed what happened since.
    const begun = Date.now();
    let isFirst = true;
    const url = new URL(`/api/live?workspace=${workspace.id}`, window.location.href);
    url.protocol = url.protocol.replace("http", "ws");
    return keepLine({
      url: url.href,
      onStanding: lineStands,
      onStale: (kinds) => {
        const isWelcome = isFirst && kinds.includes("*") && Date.now() - begun < AT_ONCE;
        if (!isWelcome) refresh(queryClient, kinds);
        isFirst = false;
      },
    });
  }, [queryClient, workspace.id]);
}
