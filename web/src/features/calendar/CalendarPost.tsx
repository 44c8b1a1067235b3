import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { PostDrawer } from "@/features/posts/PostPanel";

const route = getRouteApi("/frame/calendar/$postId");

/** The post of the address, over the calendar. */
export function CalendarPost() {
  const { postId } = route.useParams();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const close = useCallback(() => void navigate({ to: "/calendar", search }), [navigate, search]);
  return <PostDrawer key={postId} postId={postId} onClose={close} />;
}
