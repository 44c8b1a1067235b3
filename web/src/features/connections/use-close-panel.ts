import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

/** Closes what is open over the connections; which of them are looked at stays. */
export function useClosePanel(): () => void {
  const navigate = useNavigate();
  const { for: purpose } = useSearch({ from: "/frame/connections" });
  return useCallback(
    () => void navigate({ to: "/connections", search: { for: purpose } }),
    [navigate, purpose],
  );
}
