import { useQuery } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { SavedFilter } from "@/api/model";
import { show } from "@/test/render";
import { fakeServer } from "@/test/server";
import { ManageDialog } from "./SavedFilterDialogs";
import { savedFiltersQuery } from "./saved-filters";

let kept: SavedFilter[] = [
  {
    id: "f1",
    page: "posts",
    name: "Late on Facebook",
    query: { tab: "needs", channel: "c1" },
    created_at: "2026-11-20T10:00:00Z",
    updated_at: "2026-11-20T10:00:00Z",
  },
];
let input: unknown;

fakeServer(
  http.get("*/api/saved-filters", () => HttpResponse.json({ items: kept, next_cursor: null })),
  http.delete("*/api/saved-filters/f1", () => {
    kept = [];
    return new HttpResponse(null, { status: 204 });
  }),
  http.post("*/api/saved-filters", async ({ request }) => {
    input = await request.json();
    return HttpResponse.json({ id: "f2" }, { status: 201 });
  }),
);

function Managed() {
  const { data = [] } = useQuery(savedFiltersQuery("posts"));
  return <ManageDialog saved={data} onClose={() => undefined} />;
}

test("a filter that was deleted can be had back as it was", async () => {
  await show(<Managed />);
  await userEvent.click(await screen.findByRole("button", { name: "Delete “Late on Facebook”" }));
  await userEvent.click(await screen.findByRole("button", { name: /^Undo/ }));
  await expect
    .poll(() => input)
    .toEqual({ page: "posts", name: "Late on Facebook", query: { tab: "needs", channel: "c1" } });
});
