import { notifications } from "@mantine/notifications";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { MediaImport } from "@/api/model";
import { channel } from "@/test/channel";
import { emptyWorkspace, here, list, openPage, refusal, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

const drive = { id: "gdrive", name: "Google Drive", roles: ["connect", "files"], configured: true };
const account = (id: string, name: string) => ({
  id,
  name,
  platform: "gdrive",
  status: "connected",
  channels: [],
  missing_scopes: [],
  permissions: [],
});
const file = (id: string, kind = "image", more: object = {}) => ({
  id,
  name: kind === "folder" ? id : `${id}.jpg`,
  kind,
  mime: "image/jpeg",
  bytes: kind === "folder" ? null : 4_200_000,
  modified_at: "2026-10-02T05:41:09Z",
  ...more,
});
const taken = (id: string, more: Partial<MediaImport> = {}): MediaImport => ({
  id,
  connection_id: "n1",
  file_name: `${id}.jpg`,
  state: "fetching",
  bytes: 4_000_000,
  received: 1_000_000,
  error: null,
  created_at: "2026-11-20T08:00:00Z",
  media: null,
  ...more,
});

/** How far such a one is. */
const HALFWAY = /^1\S* MB of 4\S* MB$/;

let status = somebody();
let accounts: object[] = [];
let imports: MediaImport[] = [];
let files: (query: URLSearchParams) => Response | Promise<Response> = () => list([]);
let asked: { body: object; key: string | null }[] = [];
let refuse: string[] = [];
/** The server takes its time over these. */
let slow: string[] = [];
let answerSlow = (): void => undefined;
let until = Promise.resolve();
/** It arrives before it can be called off. */
let quick: string[] = [];
let calls: string[] = [];
beforeEach(() => {
  status = somebody();
  accounts = [account("n1", "ines@example.com")];
  imports = [];
  asked = [];
  refuse = [];
  slow = [];
  until = new Promise((resolve) => {
    answerSlow = resolve;
  });
  quick = [];
  calls = [];
  files = (query) => {
    if (query.get("search")) return list(query.get("search") === "rye" ? [file("rye")] : []);
    if (query.get("folder") === "Autumn") return list([file("apple"), file("rye")]);
    return list([file("Autumn", "folder"), file("logo"), file("hours")]);
  };
});

// What one test is told is not there in the next.
afterEach(() => notifications.clean());

fakeServer(
  here(() => status),
  http.get("*/api/connections", () => list(accounts)),
  http.get("*/api/platforms", () => list([drive])),
  http.get("*/api/connections/:id/files", ({ request, params }) => {
    const { searchParams } = new URL(request.url);
    calls.push(`${params.id} ${searchParams}`);
    return files(searchParams);
  }),
  http.get("*/api/media/imports", () => list(imports)),
  http.post("*/api/media/imports", async ({ request }) => {
    const body = (await request.json()) as { file_id: string };
    asked.push({ body, key: request.headers.get("Idempotency-Key") });
    if (slow.includes(body.file_id)) await until;
    if (refuse.includes(body.file_id)) return refusal(409, "remote_file_refused", "Ask its owner for it.");
    const begun = taken(body.file_id);
    imports = [begun, ...imports];
    return HttpResponse.json(begun, { status: 201 });
  }),
  http.post("*/api/media/imports/:id/retry", ({ params }) => {
    imports = imports.map((each) => (each.id === params.id ? taken(each.id) : each));
    return HttpResponse.json(imports.find(({ id }) => id === params.id));
  }),
  http.get("*/api/media/imports/:id", ({ params }) => {
    const known = imports.find(({ id }) => id === params.id);
    if (known) return HttpResponse.json(known);
    if (!quick.includes(String(params.id))) return refusal(404, "not_found");
    return HttpResponse.json(taken(String(params.id), { state: "arrived" }));
  }),
  http.delete("*/api/media/imports/:id", ({ params }) => {
    imports = imports.filter(({ id }) => id !== params.id);
    if (quick.includes(String(params.id))) return refusal(404, "not_found");
    return new HttpResponse(null, { status: 204 });
  }),
  http.get("*/api/media/folders", () => list([])),
  http.get("*/api/media/tags", () => list([])),
  http.get("*/api/media", () => {
    calls.push("library");
    return list([]);
  }),
  http.get("*/api/channels", () => list([channel("b", "@harbour", "bluesky")])),
  http.get("*/api/channel-groups", () => list([])),
  http.post("*/api/posts/validate", () => HttpResponse.json({ findings: [], entities: [], counts: [] })),
  ...emptyWorkspace,
);

async function openDrive() {
  openPage("/library");
  return openDriveAgain();
}

async function openDriveAgain() {
  await userEvent.click(await screen.findByRole("button", { name: "Other ways to add files" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "From Google Drive…" }));
  return within(await screen.findByRole("dialog", { name: "From Google Drive" }));
}

test("what is chosen stays chosen from folder to folder, and is taken in that order", async () => {
  const dialog = await openDrive();
  await userEvent.click(await dialog.findByRole("checkbox", { name: "logo.jpg" }));
  await userEvent.click(dialog.getByRole("button", { name: "Open the folder Autumn" }));
  await userEvent.click(await dialog.findByRole("checkbox", { name: "rye.jpg" }));
  expect(dialog.getByText("2 chosen")).toBeVisible();
  await userEvent.click(dialog.getByRole("button", { name: "ines@example.com" }));
  expect(await dialog.findByRole("checkbox", { name: "logo.jpg" })).toBeChecked();

  await userEvent.click(dialog.getByRole("button", { name: "Take 2 files" }));
  const coming = within(await screen.findByRole("region", { name: /on their way/ }));
  expect(await coming.findByText("rye.jpg")).toBeVisible();
  expect(coming.getAllByText(HALFWAY)).toHaveLength(2);
  expect(asked.map(({ body }) => body)).toEqual([
    { connection_id: "n1", file_id: "logo" },
    { connection_id: "n1", file_id: "rye" },
  ]);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("one that is refused stays chosen with the reason, and is asked for again under the same key", async () => {
  refuse = ["hours"];
  const dialog = await openDrive();
  await userEvent.click(await dialog.findByRole("checkbox", { name: "logo.jpg" }));
  await userEvent.click(dialog.getByRole("checkbox", { name: "hours.jpg" }));
  await userEvent.click(dialog.getByRole("button", { name: "Take 2 files" }));
  expect(await dialog.findByText("1 file could not be taken")).toBeVisible();
  expect(dialog.getByText("Ask its owner for it.")).toBeVisible();
  expect(dialog.getByRole("checkbox", { name: "logo.jpg" })).not.toBeChecked();

  refuse = [];
  await userEvent.click(dialog.getByRole("button", { name: "Take 1 file" }));
  await waitFor(() => expect(asked).toHaveLength(3));
  expect(screen.queryByText("1 file could not be taken")).toBeNull();
  expect(asked[2]?.key).toBe(asked[1]?.key);
  expect(asked[1]?.key).not.toBe(asked[0]?.key);
});

test("what is chosen while others are taken stays chosen, and the dialog open", async () => {
  slow = ["logo"];
  const dialog = await openDrive();
  await userEvent.click(await dialog.findByRole("checkbox", { name: "logo.jpg" }));
  await userEvent.click(dialog.getByRole("button", { name: "Take 1 file" }));
  expect(await dialog.findByText("You can close this; the rest goes on.")).toBeVisible();
  await userEvent.click(dialog.getByRole("checkbox", { name: "hours.jpg" }));
  answerSlow();
  expect(await dialog.findByRole("button", { name: "Take 1 file" })).toBeEnabled();
  expect(dialog.getByRole("checkbox", { name: "hours.jpg" })).toBeChecked();
  expect(dialog.getByRole("checkbox", { name: "logo.jpg" })).not.toBeChecked();
});

test("who closes the dialog meanwhile is told what was refused, and one opened since stays open", async () => {
  slow = ["hours", "logo"];
  refuse = ["hours", "logo"];
  const dialog = await openDrive();
  for (const name of ["hours.jpg", "logo.jpg"])
    await userEvent.click(await dialog.findByRole("checkbox", { name }));
  await userEvent.click(dialog.getByRole("button", { name: "Open the folder Autumn" }));
  await userEvent.click(await dialog.findByRole("checkbox", { name: "rye.jpg" }));
  await userEvent.click(dialog.getByRole("button", { name: "Take 3 files" }));
  // It is on its way before the others are answered.
  expect(await screen.findByText(HALFWAY)).toBeInTheDocument();
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const again = await openDriveAgain();
  answerSlow();
  expect(await screen.findByText("hours.jpg and logo.jpg could not be taken")).toBeVisible();
  expect(screen.getByText(/Ask its owner for it\./)).toBeVisible();
  expect(screen.getByText("1 file is on its way")).toBeVisible();
  expect(await again.findByRole("checkbox", { name: "logo.jpg" })).not.toBeChecked();
});

test("a post waits for what is asked for from the press on, whether the dialog is open or not", async () => {
  slow = ["logo"];
  const { address } = openPage("/compose");
  await userEvent.click(await screen.findByRole("button", { name: "From Google Drive" }));
  const dialog = within(await screen.findByRole("dialog", { name: "From Google Drive" }));
  await userEvent.click(await dialog.findByRole("checkbox", { name: "logo.jpg" }));
  await userEvent.click(dialog.getByRole("button", { name: "Take 1 file" }));
  expect(await screen.findByText("Waits for files on their way")).toBeInTheDocument();
  await userEvent.click(dialog.getAllByRole("button", { name: "Close" })[0] as HTMLElement);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(screen.getByText("Waits for files on their way")).toBeVisible();

  await userEvent.click(screen.getByRole("link", { name: "Calendar" }));
  const leaving = within(await screen.findByRole("dialog", { name: "A file is still on its way" }));
  expect(leaving.getByText(/It still arrives in the library\.$/)).toBeVisible();
  await userEvent.click(leaving.getByRole("button", { name: "Stay" }));
  answerSlow();
  expect(await screen.findByText("logo.jpg")).toBeVisible();
  expect(screen.getByText("Waits for files on their way")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Call logo.jpg off" }));
  await waitFor(() => expect(screen.queryByText("Waits for files on their way")).toBeNull());
  expect(screen.getByRole("button", { name: "From Google Drive" })).toHaveFocus();
  expect(address()).toBe("/compose");
});

test("a search looks everywhere, and says when nothing is found", async () => {
  const dialog = await openDrive();
  const search = await dialog.findByRole("searchbox");
  await userEvent.type(search, "rye");
  expect(await dialog.findByRole("checkbox", { name: "rye.jpg" })).toBeVisible();
  expect(dialog.getByText("Anywhere in Google Drive")).toBeVisible();
  await userEvent.type(search, "x");
  expect(await dialog.findByText("No file or folder of that name")).toBeVisible();
  expect(calls).toContain("n1 search=ryex&limit=50");
});

test("more is shown when there is more", async () => {
  files = (query) =>
    query.get("cursor")
      ? list([file("second")])
      : HttpResponse.json({ items: [file("first")], next_cursor: "two" });
  const dialog = await openDrive();
  await userEvent.click(await dialog.findByRole("button", { name: "Show more" }));
  expect(await dialog.findByRole("checkbox", { name: "second.jpg" })).toBeVisible();
  expect(dialog.getByRole("checkbox", { name: "first.jpg" })).toBeVisible();
  expect(dialog.queryByRole("button", { name: "Show more" })).toBeNull();
});

test("empty pages are gone over, a few in a row and then when asked", async () => {
  files = (query) => {
    const page = Number(query.get("cursor") ?? 0);
    if (page === 8) return list([file("last")]);
    return HttpResponse.json({ items: [], next_cursor: String(page + 1) });
  };
  const dialog = await openDrive();
  const more = await dialog.findByRole("button", { name: "Show more" });
  expect(dialog.getByText("Nothing to take so far, and there is more to look through.")).toBeVisible();
  expect(calls.filter((call) => call.startsWith("n1"))).toHaveLength(5);
  expect(dialog.queryByText("No pictures or videos here")).toBeNull();
  await userEvent.click(more);
  expect(await dialog.findByRole("checkbox", { name: "last.jpg" })).toHaveFocus();
});

test("a search that was not carried through everywhere says so", async () => {
  const words = "Google Drive did not search everything. Look in the folder itself.";
  files = (query) =>
    HttpResponse.json({
      items: query.get("search") === "rye" ? [file("rye")] : [],
      next_cursor: null,
      incomplete: query.get("search") !== null,
    });
  const dialog = await openDrive();
  expect(await dialog.findByText("No pictures or videos here")).toBeVisible();
  expect(dialog.queryByText(words)).toBeNull();
  await userEvent.type(dialog.getByRole("searchbox"), "rye");
  expect(await dialog.findByRole("checkbox", { name: "rye.jpg" })).toBeVisible();
  expect(dialog.getByText(words)).toBeVisible();
  await userEvent.type(dialog.getByRole("searchbox"), "x");
  expect(await dialog.findByText("No file or folder of that name")).toBeVisible();
  expect(dialog.getByText(words)).toBeVisible();
  expect(dialog.queryByText("All of Google Drive was searched for it.")).toBeNull();
});

test("rows are walked and chosen by keyboard, and Backspace goes up", async () => {
  const dialog = await openDrive();
  const folder = await dialog.findByRole("button", { name: "Open the folder Autumn" });
  folder.focus();
  await userEvent.keyboard("{End}");
  expect(dialog.getByRole("checkbox", { name: "hours.jpg" })).toHaveFocus();
  await userEvent.keyboard("{Home}{Enter}");
  await waitFor(() => expect(dialog.getByRole("checkbox", { name: "apple.jpg" })).toHaveFocus());
  await userEvent.keyboard(" {ArrowDown}{Enter}");
  expect(dialog.getByText("2 chosen")).toBeVisible();
  await userEvent.keyboard("{Backspace}");
  await waitFor(() => expect(dialog.getByRole("button", { name: "Open the folder Autumn" })).toHaveFocus());
});

test("of several accounts one is chosen", async () => {
  accounts = [account("n1", "ines@example.com"), account("n2", "tom@example.com")];
  const dialog = await openDrive();
  await userEvent.selectOptions(await dialog.findByRole("combobox", { name: "Account" }), "tom@example.com");
  await waitFor(() => expect(calls).toContain("n2 limit=50"));
});

test("without an account, who may connect one is led there", async () => {
  accounts = [];
  const dialog = await openDrive();
  expect(await dialog.findByRole("link", { name: "Connect Google Drive" })).toHaveAttribute(
    "href",
    "/connections?for=files",
  );
});

test("who may not connect accounts is told whom to ask", async () => {
  accounts = [];
  status = somebody({}, [{ id: "w1", name: "The Bakery", role: "editor", requires_two_factor: false }]);
  const dialog = await openDrive();
  expect(await dialog.findByText(/Ask an owner or an administrator/)).toBeVisible();
  expect(dialog.queryByRole("link")).toBeNull();
});

test("a connection at its end leads to itself", async () => {
  files = () => refusal(409, "connection_expired", "Google Drive no longer accepts this connection.");
  const dialog = await openDrive();
  expect(await dialog.findByRole("link", { name: "Reconnect ines@example.com" })).toHaveAttribute(
    "href",
    "/connections/n1",
  );
  expect(dialog.getByRole("button", { name: "Try again" })).toBeVisible();
});

test("what failed is told, tried again and called off, and the library asks for what arrived", async () => {
  imports = [
    taken("rye", {
      state: "failed",
      error: { code: "remote_file_refused", detail: "Ask its owner for it." },
    }),
    taken("oven", {
      state: "waiting",
      received: 0,
      error: { code: "platform_rate_limited", detail: "Later." },
    }),
  ];
  openPage("/library");
  expect(await screen.findByText("rye.jpg did not arrive")).toBeVisible();
  expect(screen.getByText("Ask its owner for it.")).toBeVisible();
  expect(screen.getByText("Later.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Try rye.jpg again" }));
  expect(await screen.findByText(HALFWAY)).toBeVisible();

  const before = calls.filter((call) => call === "library").length;
  await userEvent.click(screen.getByRole("button", { name: "Call oven.jpg off" }));
  await waitFor(() => expect(screen.queryByText("oven.jpg")).toBeNull());
  await waitFor(() => expect(calls.filter((call) => call === "library").length).toBeGreaterThan(before));
  await userEvent.click(screen.getByRole("button", { name: "Call rye.jpg off" }));
  await waitFor(() => expect(screen.queryByRole("region", { name: /on their way/ })).toBeNull());
});

test("who works with the keyboard goes on beside what went away", async () => {
  imports = [
    taken("rye", { state: "failed", error: { code: "internal", detail: "" } }),
    taken("oven"),
    taken("logo"),
  ];
  openPage("/library");
  (await screen.findByRole("button", { name: "Try rye.jpg again" })).focus();
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("button", { name: "Call rye.jpg off" })).toHaveFocus());
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("button", { name: "Call oven.jpg off" })).toHaveFocus());
  screen.getByRole("button", { name: "Call logo.jpg off" }).focus();
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("button", { name: "Call oven.jpg off" })).toHaveFocus());
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("main")).toHaveFocus());
});

test("one that arrives before it can be called off leaves the list all the same", async () => {
  imports = [taken("rye")];
  quick = ["rye"];
  openPage("/library");
  await userEvent.click(await screen.findByRole("button", { name: "Call rye.jpg off" }));
  await waitFor(() => expect(screen.queryByRole("region", { name: /on their way/ })).toBeNull());
  expect(screen.queryByText(/is not called off/)).toBeNull();
});
