import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import { emptyWorkspace, here, list, openPage, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

let saved: unknown[] = [];
let status = somebody({ is_admin: true });
beforeEach(() => {
  saved = [];
  status = somebody({ is_admin: true });
});

fakeServer(
  ...emptyWorkspace,
  here(() => status),
  http.get("*/api/admin/audit", () =>
    list([
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
    ]),
  ),
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
  expect(log.queryByRole("link")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Verify" }));
  expect(await screen.findByText("The log is as it was written: 12 events were verified")).toBeVisible();
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
