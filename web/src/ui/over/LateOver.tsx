import { type ComponentType, useEffect, useState } from "react";
import { loadOver, onOver } from "./load";

/** Toasts and tips: from the moment on when the page is shown and the browser idle, or sooner when a toast is raised. */
export function LateOver({ shown }: { shown: Promise<void> }) {
  const [Over, setOver] = useState<ComponentType | null>(null);
  useEffect(() => {
    const unwatch = onOver((loaded) => setOver(() => loaded.Over));
    // Should it not come now, whoever needs it asks again.
    shown
      .then(idle)
      .then(loadOver)
      .catch(() => undefined);
    return unwatch;
  }, [shown]);
  return Over && <Over />;
}

/** Safari has no word for idleness; there a moment has to do. */
const idle = (): Promise<unknown> =>
  new Promise((resolve) => {
    if ("requestIdleCallback" in window) requestIdleCallback(resolve);
    else setTimeout(resolve, 500);
  });
