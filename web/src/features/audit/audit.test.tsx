import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { AuthStatus } from "@/api/model";
import { ada, bakery, emptyWorkspace, here, list, openPage, somebody } from "@/test/page";
import { actionsOfTheServer } from "@/test/rust-actions";
import { fakeServer } from "@/test/server";
import { auditParameters, exportAddress } from "./search";
import { actionsIn, actionWords, kindOf, knownActions, LOGS, subjectName } from "./words";

const event = (id: string, action: string, more: object = {}) => ({
  id,
  at: "2026-11-20T08:00:00Z",
  actor: { id: ada.id, name: ada.name },
  action,
  subject_kind: action.split(".")[0],
  subject_id: `of-${id}`,
  post_id: null,
  detail: {},
  erased_at: null,
  ...more,
});
const EVENTS = [
  event("e1", "connection.connected", { detail: { name: "Harbour Bakery", platform: "facebook" } }),
  event("e2", "rocket.launched", { actor: { id: null, name: "Fanfare" } }),
  event("e3", "post.scheduled", { post_id: "p1" }),
];

let status: AuthStatus = somebody();
let asked: URLSearchParams[] = [];
beforeEach(() => {
  status = somebody();
  asked = [];
});

const server = fakeServer(
  ...emptyWorkspace,
  here(() => status),
  http.get("*/api/members", () =>
    list([{ user_id: ada.id, name: ada.name, email: ada.email, role: "owner" }]),
  ),
  http.get("*/api/audit", ({ request }) => {
    const query = new URL(request.url).searchParams;
    asked.push(query);
    const chosen = EVENTS.filter(({ action }) => (query.get("action") ?? action) === action);
    return list(chosen);
  }),
);

test("events read as sentences, and what has no words yet is told as the server names it", async () => {
  openPage("/settings/audit");
  const log = within(await screen.findByRole("list", { name: "Audit log" }));
  const lines = log.getAllByRole("listitem").map((line) => line.textContent);
  expect(lines[0]).toMatch(/^Ada Moreno connected an accountHarbour Bakery/);
  expect(lines[1]).toMatch(/^Fanfare rocket.launched/);
});

test("filters stand in the address, are sent, exported, and cleared", async () => {
  const { address } = openPage("/settings/audit");
  await screen.findByRole("list", { name: "Audit log" });
  await userEvent.selectOptions(screen.getByLabelText("Person"), "Ada Moreno");
  await userEvent.selectOptions(screen.getByLabelText("Kind of thing"), "Post");
  await userEvent.selectOptions(screen.getByLabelText("What was done"), "scheduled a post");
  await waitFor(() => expect(address()).toBe("/settings/audit?actor=u1&kind=post&action=post.scheduled"));
  await waitFor(() => expect(screen.getAllByRole("link", { name: /Ada Moreno/ })).toHaveLength(1));
  expect(Object.fromEntries(asked.at(-1) ?? [])).toEqual({
    actor: "u1",
    action: "post.scheduled",
    subject_kind: "post",
    limit: "50",
  });
  await userEvent.click(screen.getByRole("button", { name: "Export" }));
  expect(await screen.findByRole("menuitem", { name: "As a table (CSV)" })).toHaveAttribute(
    "href",
    "/api/audit/export?format=csv&actor=u1&action=post.scheduled&subject_kind=post",
  );
  await userEvent.keyboard("{Escape}");
  await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
  await waitFor(() => expect(address()).toBe("/settings/audit"));
});

test("an event opens with all that was written down, and its address keeps the filters", async () => {
  const { address } = openPage("/settings/audit?actor=u1");
  await userEvent.click(await screen.findByRole("link", { name: "Ada Moreno scheduled a post" }));
  const panel = within(await screen.findByRole("dialog", { name: "Ada Moreno scheduled a post" }));
  expect(address()).toBe("/settings/audit/e3?actor=u1");
  expect(panel.getByText("post.scheduled")).toBeVisible();
  expect(panel.getByRole("link", { name: "Open it" })).toHaveAttribute("href", "/posts/p1");
  await userEvent.click(panel.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(address()).toBe("/settings/audit?actor=u1"));
});

test("an event further back is looked for page by page", async () => {
  server.use(
    http.get("*/api/audit", ({ request }) => {
      const cursor = new URL(request.url).searchParams.get("cursor");
      return cursor
        ? list([event("far", "api_key.revoked")])
        : HttpResponse.json({ items: EVENTS, next_cursor: "2" });
    }),
  );
  openPage("/settings/audit/far");
  expect(await screen.findByRole("dialog", { name: "Ada Moreno revoked an API key" })).toBeVisible();
});

test("an event that is nowhere is said to be, instead of being waited for", async () => {
  openPage("/settings/audit/none");
  expect(await screen.findByText("This event is not among those listed")).toBeVisible();
});

test("what was erased of a person says so", async () => {
  server.use(
    http.get("*/api/audit", () =>
      list([
        event("gone", "session.begun", {
          actor: { id: "u9", name: "" },
          erased_at: "2026-11-21T08:00:00Z",
        }),
      ]),
    ),
  );
  openPage("/settings/audit/gone");
  const panel = within(await screen.findByRole("dialog", { name: "Somebody logged in" }));
  expect(panel.getByText(/What it told about a person was erased/)).toBeVisible();
});

test("the log is verified, and the result is told in words", async () => {
  const verdicts = [
    { intact: true, events: 1234, older: 0, erased: 2, problems: [] },
    {
      intact: false,
      events: 1234,
      older: 0,
      erased: 0,
      problems: [{ id: "e7", kind: "changed", detail: "What it says is not what was sealed." }],
    },
  ];
  server.use(http.get("*/api/audit/verify", () => HttpResponse.json(verdicts.shift())));
  openPage("/settings/audit");
  await userEvent.click(await screen.findByRole("button", { name: "Verify" }));
  expect(await screen.findByText("The log is as it was written: 1,234 events were verified")).toBeVisible();
  expect(screen.getByText(/2 of them were erased/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Verify" }));
  expect(await screen.findByText("The log is not as it was written: 1 place does not fit")).toBeVisible();
  expect(screen.getByText("e7").closest("li")).toHaveTextContent(
    "Changed. What it says is not what was sealed. e7",
  );
});

test("who may not read the log is told who may, and nothing is asked for", async () => {
  status = somebody({}, [{ ...bakery, role: "editor" }]);
  openPage("/settings/audit");
  expect(await screen.findByText("Only owners and admins read the audit log")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Export" })).not.toBeInTheDocument();
});

test("days begin and end on the clocks of the reader", () => {
  const { from, to } = auditParameters({ from: "2026-11-20", to: "2026-11-20" });
  expect(Date.parse(to ?? "") - Date.parse(from ?? "")).toBe(86_400_000);
  expect(exportAddress("audit", "json", {})).toBe("/api/audit/export?format=json");
});

test("every action that the server writes has a sentence of its own, and no sentence is left over", () => {
  const actions = actionsOfTheServer();
  expect(actions).toEqual(
    expect.arrayContaining(["webhook.disabled", "connection.revoked", "keys.rotated", "audit.person_erased"]),
  );
  expect(knownActions().sort()).toEqual(actions.sort());
  expect(knownActions().filter((action) => actionWords(action) === action)).toEqual([]);
  expect(actionWords("post")).toBe("post");
});

test("every kind of thing to which something is done can be chosen, and no other", () => {
  const kinds: string[] = actionsOfTheServer().map(kindOf);
  const chosen = Object.values(LOGS).flatMap<string>((log) => log.kinds);
  expect([...new Set(kinds)].sort()).toEqual([...new Set(chosen)].sort());
});

test("a log offers the actions that it may tell of", () => {
  expect(actionsIn(LOGS.workspace, "user")).toEqual(
    expect.arrayContaining(["member.joined", "user.deleted"]),
  );
  expect(actionsIn(LOGS.workspace, "export")).toContain("workspace.export_made");
  expect(actionsIn(LOGS.workspace)).not.toContain("keys.rotated");
  expect(actionsIn(LOGS.installation, "workspace")).toEqual(["workspace.deleted"]);
  expect(actionsIn(LOGS.workspace)).not.toContain("workspace.deleted");
});

test("a thing is called what the event says of it", () => {
  expect(subjectName({ file_name: "loaf.jpg", bytes: 3 })).toBe("loaf.jpg");
  expect(subjectName({ url: "https://n8n.example/hook", why: "gone" })).toBe("https://n8n.example/hook");
  expect(subjectName({ name: "", attempt: 2 })).toBeNull();
  expect(subjectName(null)).toBeNull();
});
