import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { statusQuery } from "@/features/account/session";
import { somebody } from "@/test/page";
import { useLive } from "./use-live";

let line: { onmessage?: (event: { data: string }) => void; onclose?: () => void; close: () => void };
let asked = 0;

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  vi.stubGlobal(
    "WebSocket",
    class {
      constructor() {
        line = this as unknown as typeof line;
      }
      close() {}
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function live(): void {
  const client = new QueryClient();
  client.setQueryData(statusQuery.queryKey, somebody());
  vi.spyOn(client, "invalidateQueries").mockImplementation(async () => {
    asked += 1;
  });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  renderHook(() => useLive(), { wrapper });
}

const hear = (kind: string) => act(() => line.onmessage?.({ data: JSON.stringify({ stale: [kind] }) }));

test("a line that opens at once has missed nothing", () => {
  live();
  vi.advanceTimersByTime(200);
  hear("*");
  expect(asked).toBe(0);
  hear("post");
  expect(asked).toBe(1);
});

test("a line that opens late lets everything be asked for again", () => {
  live();
  vi.advanceTimersByTime(20_000);
  hear("*");
  expect(asked).toBe(1);
});
