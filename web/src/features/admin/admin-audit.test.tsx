import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import { emptyWorkspace, here, list, openPage, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

let saved: unknown[] = [];
let asked: URLSearchParams[] = [];
let status = somebody({ is_admin: true });
beforeEach(() => {
  saved = [];
  asked = [];
  status = somebody({ is_admin: true });
});

const server = fakeServer(
  ...emptyWorkspace,
  here(() => status),
  http.get("*/api/admin/users", () => list([{ id: "u1", name: "Ada Moreno" }])),
  http.get("*/api/admin/audit", ({ request }) => {
    const query = new URL(request.url).searchParams;
    asked.push(query);
    if ((query.get("subject_kind") ?? "user") !== "user") return list([]);
    return list([
      {
        id: "e1",
        at: "2026-11-20T08:00:00Z",
        actor: { kind: "user", id: "u1", name: "Ada Moreno" },
        action: "user.disabled",
        subject_kind: "user",
        subject_id: "u2",
        detail: { name: "Bo Lind" },
        post_id: null,
        erased_at: null,
      },
    ]);
  }),
  http.get("*/api/admin/audit/verify", () =>
    HttpResponse.json({ intact: true, events: 12, older: 0, erased: 0, problems: [] }),
  ),
  http.get("*/api/admin/retention", () => HttpResponse.json({ audit_months: null, mail_log_days: 30 })),
  http.put("*/api/admin/retention", async ({ request }) => {
    const spans = await request.json();
    saved.push(spans);
    return HttpResponse.json(spans as object);
  }),
);

test("what was done to the installation is listed and verified like any other log", async () => {
  openPage("/admin/audit");
  const log = within(await screen.findByRole("list", { name: "Installation’s log" }));
  expect(log.getByRole("listitem")).toHaveTextContent(/^Ada Moreno .*Bo Lind/);
  await userEvent.click(screen.getByRole("button", { name: "Verify" }));
  expect(await screen.findByText("The log is as it was written: 12 events were verified")).toBeVisible();
});

test("the log is narrowed by what stands in the address, and widened again", async () => {
  const { address } = openPage("/admin/audit");
  await screen.findByRole("list", { name: "Installation’s log" });
  await userEvent.selectOptions(await screen.findByLabelText("Person"), "Ada Moreno");
  const kinds = within(screen.getByLabelText("Kind of thing"));
  expect(kinds.queryByRole("option", { name: "Post" })).toBeNull();
  await userEvent.selectOptions(screen.getByLabelText("Kind of thing"), "Workspace");
  await userEvent.selectOptions(screen.getByLabelText("What was done"), "deleted a workspace");
  expect(await screen.findByText("Nothing matches these filters")).toBeVisible();
  expect(address()).toBe("/admin/audit?actor=u1&kind=workspace&action=workspace.deleted");
  expect(Object.fromEntries(asked.at(-1) ?? [])).toEqual({
    actor: "u1",
    action: "workspace.deleted",
    subject_kind: "workspace",
    limit: "50",
  });
  await userEvent.click(screen.getByRole("link", { name: "Clear filters" }));
  await waitFor(() => expect(address()).toBe("/admin/audit"));
  expect(await screen.findByRole("list", { name: "Installation’s log" })).toBeVisible();
});

test("an event opens with all that was written down, and leads to all that happened to the thing", async () => {
  const { address } = openPage("/admin/audit?actor=u1");
  await userEvent.click(await screen.findByRole("link", { name: "Ada Moreno disabled somebody" }));
  const panel = within(await screen.findByRole("dialog", { name: "Ada Moreno disabled somebody" }));
  expect(address()).toBe("/admin/audit/e1?actor=u1");
  expect(panel.getByText("user.disabled")).toBeVisible();
  expect(panel.getByText("Person: Bo Lind")).toBeVisible();
  await userEvent.click(panel.getByRole("link", { name: "All that happened to it" }));
  await waitFor(() => expect(address()).toBe("/admin/audit?kind=user&subject=u2"));
});

test("what the filters leave is taken along as a file", async () => {
  openPage("/admin/audit?action=user.disabled");
  await userEvent.click(await screen.findByRole("button", { name: "Export" }));
  expect(await screen.findByRole("menuitem", { name: "As a table (CSV)" })).toHaveAttribute(
    "href",
    "/api/admin/audit/export?format=csv&action=user.disabled",
  );
});

test("nothing at all in the log is told apart from nothing that the filters leave", async () => {
  server.use(http.get("*/api/admin/audit", () => list([])));
  openPage("/admin/audit");
  expect(await screen.findByText("Nothing happened yet")).toBeVisible();
});

test("how long the installation keeps its own things is chosen and saved", async () => {
  openPage("/admin/audit");
  await userEvent.selectOptions(await screen.findByLabelText("This log"), "24 months");
  await userEvent.selectOptions(screen.getByLabelText("Which messages went to whom"), "For good");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("This is how long they are kept from now on")).toBeVisible();
  expect(saved).toEqual([{ audit_months: 24, mail_log_days: null }]);
});

test("who does not run the installation is told so", async () => {
  status = somebody();
  openPage("/admin/audit");
  expect(await screen.findByText("Only administrators of this installation see this page.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Verify" })).toBeNull();
});
