import { createContext, useContext } from "react";

interface Overlays {
  openPalette: () => void;
  openSheet: () => void;
}

/** What lies over every page and is opened from many places. */
export const OverlaysContext = createContext<Overlays>({ openPalette: () => {}, openSheet: () => {} });

export const useOverlays = (): Overlays => useContext(OverlaysContext);
