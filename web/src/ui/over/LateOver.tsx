import { type ComponentType, useEffect, useState } from "react";
import { loadOver } from "./load";

/** Toasts and tips, from the moment on when the page is shown and nothing else is to be done. */
export function LateOver() {
  const [Over, setOver] = useState<ComponentType | null>(null);
  useEffect(
    () =>
      whenIdle(() => {
        loadOver().then(
          (loaded) => setOver(() => loaded.Over),
          () => undefined, // The page works without; the next toast asks for it again.
        );
      }),
    [],
  );
  return Over && <Over />;
}

/** Safari has no word for idleness; there a moment has to do. */
function whenIdle(work: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(work, 500);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(work);
  return () => cancelIdleCallback(asked);
}
