import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { ApiKey } from "@/api/model";
import { emptyWorkspace, here, list, openPage, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

const key: ApiKey = {
  id: "k1",
  name: "n8n",
  preview: "ff_abc…xyz",
  scopes: ["posts.read"],
  allowed_ips: [],
  rate_per_minute: 600,
  state: "active",
  created_by: "Ada Moreno",
  created_by_id: "u1",
  revoked_at: null,
  rotated_at: null,
  created_at: "2026-11-20T08:00:00Z",
  expires_at: null,
  last_used_at: null,
  old_until: null,
};

let rotated: unknown[] = [];

fakeServer(
  ...emptyWorkspace,
  here(() => somebody()),
  http.get("*/api/api-keys", () => list([key])),
  http.get("*/api/api-keys/k1", () => HttpResponse.json(key)),
  http.get("*/api/api-keys/k1/usage", () => HttpResponse.json({ days: [] })),
  http.get("*/api/api-keys/k1/log", () => list([])),
  http.post("*/api/api-keys/k1/rotate", async ({ request }) => {
    rotated = [...rotated, await request.json()];
    return HttpResponse.json({ api_key: key, text: "ff_new" });
  }),
);

test("how long the present text goes on is chosen when a key is rotated", async () => {
  openPage("/settings/api-keys/k1");
  await userEvent.click(await screen.findByRole("button", { name: "Rotate" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Rotate n8n?" }));
  const overlap = dialog.getByLabelText("The present one goes on for");
  expect(overlap).toHaveDisplayValue("1 day");
  await userEvent.selectOptions(overlap, "It ends at once");
  await userEvent.click(dialog.getByRole("button", { name: "Rotate" }));
  expect((await screen.findAllByText(/ff_new/)).length).toBeGreaterThan(0);
  expect(rotated).toEqual([{ overlap_minutes: 0 }]);
});
