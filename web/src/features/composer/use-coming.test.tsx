import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import type { ReactNode } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import type { Media, MediaImport } from "@/api/model";
import { statusQuery } from "@/features/account/session";
import { importsQuery } from "@/features/imports/imports-query";
import { list, refusal, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";
import { toastWarned } from "@/ui/toast";
import { useComing } from "./use-coming";

vi.mock("@/ui/toast", () => ({ toastWarned: vi.fn() }));

const begun = (id: string) => ({ id, file_name: `${id}.jpg`, state: "fetching" }) as MediaImport;
let listed: MediaImport[] = [];
let broken = false;
beforeEach(() => {
  listed = [];
  broken = false;
  sessionStorage.clear();
  vi.mocked(toastWarned).mockClear();
});

fakeServer(
  http.get("*/api/media/imports", () => (broken ? refusal(500, "internal") : list(listed))),
  http.get("*/api/media/imports/:id", ({ params }) =>
    broken
      ? refusal(500, "internal")
      : params.id === "gone"
        ? refusal(404, "not_found")
        : HttpResponse.json({ id: params.id, state: "arrived", media: { id: params.id } }),
  ),
);

function start(postId: string | null = null, unsaved: string[] = []) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(statusQuery.queryKey, somebody());
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const told: [Media, readonly string[]][] = [];
  const { result, unmount } = renderHook(
    () =>
      useComing((media, order) => told.push([media, [...order]]), {
        postId: () => postId,
        lacksStored: (id) => unsaved.includes(id),
      }),
    { wrapper },
  );
  const shown = () => result.current.imports.map(({ id }) => id);
  return { client, told, result, shown, unmount };
}

/** The page is loaded again, or another in its place. */
function reload({ unmount }: { unmount: () => void }) {
  window.dispatchEvent(new Event("pagehide"));
  unmount();
}

test("what leaves the list has arrived and is told once, or was called off, which is told", async () => {
  const { client, told, result, shown } = start();
  listed = ["a", "b", "gone"].map(begun);
  act(() => {
    const answered = result.current.take(3);
    for (const place of [0, 1, 2]) answered(place, listed[place] ?? null);
  });
  await waitFor(() => expect(client.getQueryData(importsQuery.queryKey)).toHaveLength(3));
  expect(shown()).toEqual(["a", "b", "gone"]);
  expect(told).toEqual([]);

  listed = [begun("a")];
  await act(() => client.invalidateQueries({ queryKey: importsQuery.queryKey }));
  await waitFor(() => expect(shown()).toEqual(["a"]));
  expect(told).toEqual([[{ id: "b" }, ["a", "b", "gone"]]]);
  expect(vi.mocked(toastWarned).mock.calls).toEqual([
    ["gone.jpg was called off or deleted, and is not in this post"],
  ]);
});

test("what is asked for counts at once, and stands in the order of choice whatever is answered first", async () => {
  const { told, result, shown } = start();
  listed = ["b", "c"].map(begun);
  let answered = (..._: Parameters<ReturnType<typeof result.current.take>>): void => undefined;
  act(() => {
    answered = result.current.take(3);
  });
  expect(result.current.asked).toBe(3);
  act(() => answered(2, begun("c")));
  expect(result.current.asked).toBe(2);
  act(() => answered(0, null));
  act(() => answered(1, begun("b")));
  expect(result.current.asked).toBe(0);
  expect(shown()).toEqual(["b", "c"]);

  // The same one again, as when an answer was lost.
  act(() => result.current.take(1)(0, begun("b")));
  expect(shown()).toEqual(["b", "c"]);
  expect(told).toEqual([]);
});

test("what is not wanted does not come into the post when it arrives, unless it could not be called off", async () => {
  const { client, told, result, shown } = start();
  listed = ["a", "b"].map(begun);
  act(() => {
    const answered = result.current.take(2);
    answered(0, begun("a"));
    answered(1, begun("b"));
  });
  await waitFor(() => expect(client.getQueryData(importsQuery.queryKey)).toHaveLength(2));
  act(() => result.current.want("a", false));
  expect(shown()).toEqual(["b"]);

  listed = [];
  await act(() => client.invalidateQueries({ queryKey: importsQuery.queryKey }));
  await waitFor(() => expect(shown()).toEqual([]));
  expect(told.map(([{ id }]) => id)).toEqual(["b"]);

  act(() => result.current.want("a", true));
  await waitFor(() => expect(told.map(([{ id }]) => id)).toEqual(["b", "a"]));
  expect(toastWarned).not.toHaveBeenCalled();
});

test("a server that does not answer is asked again", async () => {
  const { told, result } = start();
  broken = true;
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    act(() => result.current.take(1)(0, begun("a")));
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    broken = false;
    await act(() => vi.advanceTimersByTimeAsync(6_000));
    await waitFor(() => expect(told.map(([{ id }]) => id)).toEqual(["a"]));
  } finally {
    vi.useRealTimers();
  }
});

test("what is on its way goes on to the same post when the page is loaded again, and to no other", async () => {
  listed = ["a", "b", "c"].map(begun);
  const before = start("p1");
  act(() => {
    const answered = before.result.current.take(3);
    for (const place of [0, 1, 2]) answered(place, listed[place] ?? null);
  });
  act(() => before.result.current.want("b", false));
  reload(before);

  const other = start("p2");
  expect(other.shown()).toEqual([]);
  other.unmount();

  listed = [begun("a")];
  const after = start("p1");
  await waitFor(() => expect(after.shown()).toEqual(["a"]));
  expect(after.told).toEqual([[{ id: "c" }, ["a", "b", "c"]]]);

  // Once: who leaves the post on purpose has been asked whether they may miss it.
  after.unmount();
  expect(start("p1").shown()).toEqual([]);
});

const KEPT = "fanfare-kept-coming";

/** One file on its way to a post that was never stored, when its page goes; with what is kept changed. */
function leftBehind(change: object = {}) {
  const before = start();
  listed = [begun("a")];
  act(() => before.result.current.take(1)(0, begun("a")));
  reload(before);
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.setItem(KEPT, JSON.stringify({ ...kept, ...change }));
}

test("a post that was never stored is known by its page, for a minute, and by nobody else", () => {
  leftBehind();
  const after = start();
  expect(after.shown()).toEqual(["a"]);
  after.unmount();

  for (const change of [
    { user: "another" },
    { workspace: "another" },
    { at: Date.now() - 61_000 },
    { address: "http://localhost/compose?media=another" },
  ]) {
    leftBehind(change);
    const other = start();
    expect(other.shown()).toEqual([]);
    other.unmount();
    sessionStorage.clear();
  }
});

test("what arrived and is not stored with the post comes again after a reload, and what is stored does not", async () => {
  const before = start("p1", ["b"]);
  listed = [];
  act(() => {
    const answered = before.result.current.take(2);
    answered(0, begun("a"));
    answered(1, begun("b"));
  });
  await waitFor(() => expect(before.told).toHaveLength(2));
  reload(before);
  const after = start("p1");
  await waitFor(() => expect(after.told).toEqual([[{ id: "b" }, ["a", "b"]]]));
  reload(after);
  expect(sessionStorage.getItem(KEPT)).toBeNull();
});
