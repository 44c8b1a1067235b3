import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import type { ReactNode } from "react";
import { expect, test } from "vitest";
import type { Media, MediaImport } from "@/api/model";
import { importsQuery } from "@/features/imports/imports-query";
import { list, refusal } from "@/test/page";
import { fakeServer } from "@/test/server";
import { useComing } from "./use-coming";

const begun = (id: string) => ({ id, file_name: id, state: "fetching" }) as MediaImport;
let listed: MediaImport[] = [];

fakeServer(
  http.get("*/api/media/imports", () => list(listed)),
  http.get("*/api/media/imports/:id", ({ params }) =>
    params.id === "gone"
      ? refusal(404, "not_found")
      : HttpResponse.json({ id: params.id, state: "arrived", media: { id: params.id } }),
  ),
);

test("what leaves the list has arrived and is told once, or was called off", async () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const told: [Media, readonly string[]][] = [];
  const { result } = renderHook(() => useComing((media, order) => told.push([media, [...order]])), {
    wrapper,
  });

  listed = ["a", "b", "gone"].map(begun);
  act(() => result.current.begin(listed));
  await waitFor(() => expect(client.getQueryData(importsQuery.queryKey)).toHaveLength(3));
  expect(result.current.imports.map(({ id }) => id)).toEqual(["a", "b", "gone"]);
  expect(told).toEqual([]);

  listed = [begun("a")];
  await act(() => client.invalidateQueries({ queryKey: importsQuery.queryKey }));
  await waitFor(() => expect(result.current.imports.map(({ id }) => id)).toEqual(["a"]));
  expect(told).toEqual([[{ id: "b" }, ["a", "b", "gone"]]]);

  act(() => result.current.calledOff("a"));
  expect(result.current.imports).toEqual([]);
});
