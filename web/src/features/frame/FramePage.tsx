import { Outlet } from "@tanstack/react-router";
import { Frame } from "./Frame";

/** The frame with the page that the address names. */
export function FramePage() {
  return (
    <Frame>
      <Outlet />
    </Frame>
  );
}
