import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { Export, Retention } from "@/api/model";
import { bakery, emptyWorkspace, here, list, openPage, refusal, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

const ready: Export = {
  id: "x1",
  state: "ready",
  asked_by_name: "Ada Moreno",
  bytes: 12_300_000,
  files: 40,
  files_done: 40,
  created_at: "2026-11-20T08:00:00Z",
  finished_at: "2026-11-20T08:01:00Z",
  expires_at: "2026-11-27T08:00:00Z",
};

let retention: Retention;
let archives: Export[] = [];
let saved: unknown[] = [];
let asked = 0;
let status = somebody();
beforeEach(() => {
  retention = {
    audit_months: null,
    key_log_days: 30,
    platform_answers_days: 45,
    ran_at: null,
    removed: {},
  };
  archives = [];
  saved = [];
  asked = 0;
  status = somebody();
});

const server = fakeServer(
  ...emptyWorkspace,
  here(() => status),
  http.get("*/api/retention", () => {
    asked += 1;
    return HttpResponse.json(retention);
  }),
  http.put("*/api/retention", async ({ request }) => {
    const spans = (await request.json()) as Partial<Retention>;
    saved.push(spans);
    retention = { ...retention, ...spans };
    return HttpResponse.json(retention);
  }),
  http.get("*/api/exports", () => list(archives)),
  http.post("*/api/exports", () => {
    const made: Export = {
      ...ready,
      id: "x2",
      state: "making",
      files: 0,
      files_done: 0,
      bytes: 0,
      finished_at: null,
    };
    archives = [made, ...archives];
    return HttpResponse.json(made, { status: 202 });
  }),
  http.delete("*/api/exports/:id", ({ params }) => {
    archives = archives.filter(({ id }) => id !== params.id);
    return new HttpResponse(null, { status: 204 });
  }),
);

const section = async (name: string) => within(await screen.findByRole("region", { name }));

test("what is kept and for how long is chosen and saved; what was chosen elsewhere stays to be seen", async () => {
  openPage("/settings/data");
  const kept = await section("How long things are kept");
  expect(await kept.findByLabelText("Audit log")).toHaveDisplayValue("For good");
  expect(kept.getByLabelText("Calls with API keys")).toHaveDisplayValue("30 days");
  expect(kept.getByLabelText("What platforms said")).toHaveDisplayValue("45 days");
  expect(kept.getByText("Nothing was thrown away yet.")).toBeVisible();

  await userEvent.selectOptions(kept.getByLabelText("Audit log"), "12 months");
  await userEvent.selectOptions(kept.getByLabelText("Calls with API keys"), "For good");
  await userEvent.click(kept.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("This is how long things are kept from now on")).toBeVisible();
  expect(saved).toEqual([{ audit_months: 12, key_log_days: null, platform_answers_days: 45 }]);
});

test("what went the last time is counted", async () => {
  retention = { ...retention, ran_at: "2026-11-20T02:00:00Z", removed: { audit: 0, key_log: 1200 } };
  openPage("/settings/data");
  expect(await screen.findByText(/^Last done on .* 1,200 calls went$/)).toBeVisible();
});

test("spans that are refused are not kept, and the reason stands there", async () => {
  server.use(
    http.put("*/api/retention", () =>
      refusal(422, "validation_failed", "", [
        { field: "audit_months", code: "invalid", detail: "Choose 3 to 120 months." },
      ]),
    ),
  );
  openPage("/settings/data");
  const kept = await section("How long things are kept");
  await userEvent.click(await kept.findByRole("button", { name: "Save" }));
  expect(await kept.findByText(/Choose 3 to 120 months/)).toBeVisible();
});

test("an archive is asked for, and one sees how far it is until it can be fetched", async () => {
  openPage("/settings/data");
  const all = await section("Archive of the workspace");
  await userEvent.click(await all.findByRole("button", { name: "Make an archive" }));
  const row = await all.findByRole("listitem");
  expect(row).toHaveTextContent("It is being made");
  expect(within(row).queryByRole("link", { name: /Download/ })).toBeNull();

  archives = archives.map((each) => ({ ...each, files: 40, files_done: 10 }));
  await waitFor(() => expect(row).toHaveTextContent("10 of 40 files"), { timeout: 5_000 });
  expect(within(row).getByRole("progressbar", { name: "10 of 40 files" })).toBeInTheDocument();

  archives = [ready];
  expect(await all.findByText(/12.3 MB · until/, {}, { timeout: 5_000 })).toBeVisible();
  expect(all.getByRole("link", { name: /^Download the archive of/ })).toHaveAttribute(
    "href",
    "/api/exports/x1/file",
  );
});

test("an archive that could not be made says so", async () => {
  archives = [{ ...ready, state: "failed", bytes: 0 }];
  openPage("/settings/data");
  const all = await section("Archive of the workspace");
  expect(await all.findByText("It could not be made. Delete it and try again.")).toBeVisible();
  expect(all.queryByRole("link", { name: /Download/ })).toBeNull();
});

test("an archive is deleted after a question that says what stays", async () => {
  archives = [ready];
  openPage("/settings/data");
  const all = await section("Archive of the workspace");
  await userEvent.click(await all.findByRole("button", { name: /^Delete the archive of/ }));
  const ask = within(await screen.findByRole("dialog", { name: "Delete this archive?" }));
  expect(ask.getByText(/The workspace itself stays as it is/)).toBeVisible();
  await userEvent.click(ask.getByRole("button", { name: "Cancel" }));
  expect(archives).toHaveLength(1);
  await userEvent.click(all.getByRole("button", { name: /^Delete the archive of/ }));
  await userEvent.click(
    within(await screen.findByRole("dialog", { name: "Delete this archive?" })).getByRole("button", {
      name: "Delete",
    }),
  );
  expect(await screen.findByText("The archive is deleted")).toBeVisible();
  expect(await all.findByText("No archive")).toBeVisible();
});

test("who manages nothing is told whose page it is, and nothing is asked for", async () => {
  status = somebody({}, [{ ...bakery, role: "editor" }]);
  openPage("/settings/data");
  expect(await screen.findByText("This page is for owners and admins")).toBeVisible();
  expect(asked).toBe(0);
});
