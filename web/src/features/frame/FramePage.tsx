import { useSuspenseQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { currentWorkspace, statusQuery } from "@/features/account/session";
import { Frame } from "./Frame";

/** The frame with the page that the address names; nothing in the moment in which somebody leaves it for good. */
export function FramePage() {
  const { data: status } = useSuspenseQuery(statusQuery);
  if (!status.user || !currentWorkspace(status)) return null;
  return (
    <Frame>
      <Outlet />
    </Frame>
  );
}
