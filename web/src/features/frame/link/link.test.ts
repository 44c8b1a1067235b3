import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "@/api/error";
import { isAway, type LinkWatch, waitBefore, watchLink } from "./link";

let queryClient: QueryClient;
let watch: LinkWatch;
const health = vi.fn<() => Promise<Response>>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", health);
  queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  watch = watchLink(queryClient);
});
afterEach(() => {
  watch.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  health.mockReset();
});

const fail = (error: Error) =>
  queryClient
    .fetchQuery({ queryKey: ["posts"], queryFn: () => Promise.reject(error) })
    .catch(() => undefined);

test("a call without an answer begins the wait, and an answer ends it and loads everything again", async () => {
  const again = vi.spyOn(queryClient, "invalidateQueries");
  health.mockRejectedValueOnce(new TypeError("refused")).mockResolvedValue(new Response("ok"));
  await fail(ApiError.unreachable());
  expect(watch.current()).toBe("lost");
  await vi.advanceTimersByTimeAsync(1_300);
  expect(watch.current()).toBe("lost");
  expect(again).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2_600);
  expect(watch.current()).toBe("fine");
  expect(again).toHaveBeenCalledOnce();
});

test("a refusal is an answer", async () => {
  await fail(new ApiError(422, "invalid_input", "", null));
  expect(watch.current()).toBe("fine");
});

test("an answer of another version asks for a reload", async () => {
  const status = (version: string) =>
    queryClient.fetchQuery({
      queryKey: ["status"],
      queryFn: () => Promise.resolve({ version }),
      staleTime: 0,
    });
  await status("1.0.0");
  await status("1.0.0");
  expect(watch.current()).toBe("fine");
  await status("1.1.0");
  expect(watch.current()).toBe("updated");
});

test("a file that does not come means another version when the server is there, and silence when not", async () => {
  health.mockResolvedValueOnce(new Response("ok"));
  const missing = new Event("vite:preloadError", { cancelable: true });
  window.dispatchEvent(missing);
  await vi.advanceTimersByTimeAsync(0);
  expect(missing.defaultPrevented).toBe(true);
  expect(watch.current()).toBe("updated");

  watch.stop();
  watch = watchLink(queryClient);
  health.mockRejectedValueOnce(new TypeError("refused"));
  window.dispatchEvent(new Event("vite:preloadError", { cancelable: true }));
  await vi.advanceTimersByTimeAsync(0);
  expect(watch.current()).toBe("lost");
});

test("each look waits longer than the one before, to half a minute", () => {
  expect([0, 1, 2, 3, 4, 5, 9].map((attempt) => waitBefore(attempt, 0.5))).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
  ]);
  expect(waitBefore(0, 0)).toBeLessThan(waitBefore(0, 1));
});

test("only silence counts as away", () => {
  const of = (status: number) => isAway(new ApiError(status, "x", "", null));
  expect([0, 500, 502, 503, 504, 404].map(of)).toEqual([true, false, true, false, true, false]);
});
