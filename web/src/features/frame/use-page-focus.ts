import { useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";

/**
 * Brings the focus to the page one came to, and answers its title for those who hear it.
 *
 * Without this the focus would rest on the link that was followed, or on nothing. It stays where the page itself put it,
 * as in a panel or a first field, and where the same page only shows something else.
 */
export function usePageFocus(): string {
  const router = useRouter();
  const [told, setTold] = useState("");
  useEffect(
    () =>
      router.subscribe("onRendered", ({ fromLocation, toLocation }) => {
        if (!fromLocation || fromLocation.pathname === toLocation.pathname) return;
        const page = document.getElementById("page");
        const focused = document.activeElement;
        const isInside = page?.contains(focused) || focused?.closest('[role="dialog"]');
        if (!isInside) page?.focus({ preventScroll: true });
        setTold(document.title);
      }),
    [router],
  );
  return told;
}
