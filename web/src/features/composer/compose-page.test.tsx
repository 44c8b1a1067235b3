import { notifications } from "@mantine/notifications";
import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { AuthStatus, Post, PostChange, PostInput } from "@/api/model";
import { channel } from "@/test/channel";
import { emptyWorkspace, here, list, nobody, openPage, refusal, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";
import { beginningOf, emptyDraft, whenAt } from "./draft";
import { keepWords } from "./kept-words";

const bluesky = channel("b", "@harbour", "bluesky");

let status: AuthStatus;
/** Who logs in. */
let next: AuthStatus;
let stored: (Pick<Post, "text" | "revision" | "media"> & Partial<Pick<Post, "state" | "schedule">>) | null;
let files: Post["media"];
let sent: (PostInput | PostChange)[];
let away: boolean;

beforeEach(() => {
  status = somebody();
  next = somebody();
  stored = null;
  files = [];
  sent = [];
  away = false;
  sessionStorage.clear();
});

// What one test is offered to undo is not there in the next.
afterEach(() => notifications.clean());

const post = () => ({
  id: "p1",
  state: "draft",
  variants: {},
  channel_ids: ["b"],
  schedule: { kind: "draft", at: null, time_zone: "UTC", repeat: null },
  deliveries: [],
  timeline: [],
  author: null,
  created_at: "2026-11-20T10:00:00Z",
  media: [],
  ...stored,
});
const ended = () => refusal(401, "not_authenticated");
const gone = () => new HttpResponse(null, { status: 502 });

fakeServer(
  here(() => status),
  http.get("*/api/channels", () => (status.authenticated ? list([bluesky]) : ended())),
  http.get("*/api/channel-groups", () => list([])),
  http.get("*/health/live", () => (away ? gone() : new HttpResponse("ok"))),
  http.post("*/api/auth/login", () => {
    status = next;
    return HttpResponse.json({});
  }),
  http.post("*/api/posts/validate", () => {
    if (away) return gone();
    return status.authenticated ? HttpResponse.json({ findings: [], entities: [], counts: [] }) : ended();
  }),
  http.post("*/api/posts", async ({ request }) => {
    if (away) return gone();
    if (!status.authenticated) return ended();
    const input = (await request.json()) as PostInput;
    sent.push(input);
    stored = { text: input.text ?? "", revision: 1, media: [] };
    return HttpResponse.json(post(), { status: 201 });
  }),
  http.get("*/api/posts/p1", () => HttpResponse.json({ ...post(), media: files })),
  http.patch("*/api/posts/p1", async ({ request }) => {
    if (!status.authenticated) return ended();
    const input = (await request.json()) as PostChange;
    sent.push(input);
    if (stored && input.revision !== stored.revision) return refusal(409, "conflict");
    stored = { text: input.text ?? "", revision: (stored?.revision ?? 0) + 1, media: [] };
    return HttpResponse.json(post());
  }),
  ...emptyWorkspace,
);

const text = () => screen.findByRole("textbox", { name: "Text" }, { timeout: 15_000 });

async function logInAgain() {
  await userEvent.type(await screen.findByLabelText(/E-mail/, {}, { timeout: 5000 }), "ada@example.com");
  await userEvent.type(screen.getByLabelText(/^Password/), "correct horse battery");
  await userEvent.click(screen.getByRole("button", { name: "Log in" }));
}

test("words that were not saved when the session ended are back after logging in again, and are saved", async () => {
  openPage("/compose");
  const field = await text();
  status = nobody;
  // At once: a slow machine would be asked to log in halfway through the words.
  await userEvent.click(field);
  await userEvent.paste("Panettone from Monday");
  await logInAgain();
  expect(await text()).toHaveValue("Panettone from Monday");
  expect(await screen.findByText("The words you had not saved are back")).toBeInTheDocument();
  await expect.poll(() => sent.map(({ text }) => text), { timeout: 5000 }).toEqual(["Panettone from Monday"]);
  expect(sessionStorage).toHaveLength(0);
});

const leave = () => userEvent.click(screen.getByRole("link", { name: "Posts" }));

test("words that a server that is away did not take are kept when the page is left, and offered back", async () => {
  const page = openPage("/compose");
  away = true;
  await userEvent.type(await text(), "Panettone");
  await screen.findByText(/^Not saved: /, {}, { timeout: 5000 });
  await leave();
  expect(await screen.findByText(/^Your last words are not saved\. They are kept/)).toBeInTheDocument();
  expect(page.address()).toBe("/posts");
  cleanup();
  away = false;
  openPage("/compose");
  expect(await text()).toHaveValue("Panettone");
  await userEvent.click(await screen.findByRole("button", { name: /^Undo/ }));
  expect(await text()).toHaveValue("");
  expect(sessionStorage).toHaveLength(0);
});

test("words of a conflict that nobody settled are still a conflict when the post is opened again", async () => {
  stored = { text: "Panettone", revision: 1, media: [] };
  openPage("/compose/p1");
  const field = await text();
  stored = { text: "Stollen", revision: 2, media: [] };
  await userEvent.type(field, " from Monday");
  await screen.findByText("Somebody else changed this post", {}, { timeout: 5000 });
  await leave();
  await screen.findByText(/^Your last words are not saved/);
  cleanup();
  openPage("/compose/p1");
  expect(await text()).toHaveValue("Panettone from Monday");
  await screen.findByText("Somebody else changed this post", {}, { timeout: 5000 });
  await userEvent.click(screen.getByRole("button", { name: /^Undo/ }));
  expect(await screen.findByDisplayValue("Stollen")).toBeInTheDocument();
  expect(screen.queryByText("Somebody else changed this post")).not.toBeInTheDocument();
  expect(stored.text).toBe("Stollen");
});

test("what is still being saved when the page is left is not kept besides", async () => {
  stored = { text: "Panettone", revision: 1, media: [] };
  openPage("/compose/p1");
  await userEvent.type(await text(), " from Monday");
  await leave();
  await expect.poll(() => stored?.text).toBe("Panettone from Monday");
  expect(sessionStorage).toHaveLength(0);
});

test("words written over what somebody else changed meanwhile are a conflict, not the last word", async () => {
  stored = { text: "Panettone", revision: 1, media: [] };
  openPage("/compose/p1");
  const field = await text();
  status = nobody;
  await userEvent.type(field, " from Monday");
  await screen.findByRole("button", { name: "Log in" }, { timeout: 5000 });
  stored = { text: "Stollen", revision: 2, media: [] };
  await logInAgain();
  expect(await text()).toHaveValue("Panettone from Monday");
  expect(await screen.findByText("Not saved", {}, { timeout: 5000 })).toBeInTheDocument();
  expect(stored.text).toBe("Stollen");
});

const planned: Pick<Post, "state" | "schedule"> = {
  state: "scheduled",
  schedule: { kind: "at", at: "2031-03-01T09:00:00Z", time_zone: "UTC", repeat: null },
};

async function save() {
  const button = screen.getByRole("button", { name: /^(Save|Schedule)/ });
  await expect.poll(() => button.getAttribute("aria-disabled"), { timeout: 5000 }).toBe("false");
  await userEvent.click(button);
}

test("words for a post with a time do not go over what somebody else changed meanwhile either", async () => {
  stored = { ...planned, media: [], text: "Panettone", revision: 1 };
  openPage("/compose/p1");
  const field = await text();
  status = nobody;
  await userEvent.type(field, " from Monday");
  await screen.findByRole("button", { name: "Log in" }, { timeout: 5000 });
  stored = { ...planned, media: [], text: "Stollen", revision: 2 };
  await logInAgain();
  expect(await text()).toHaveValue("Panettone from Monday");
  await save();
  expect(await screen.findByText("Somebody else changed this post")).toBeInTheDocument();
  expect(stored.text).toBe("Stollen");
});

/** A post with a time, changed here and meanwhile by somebody else, who gave it another time, too. */
async function conflictOfPlanned() {
  stored = { ...planned, media: [], text: "Panettone", revision: 1 };
  openPage("/compose/p1");
  const field = await text();
  await userEvent.type(field, " from Monday");
  const schedule = { ...planned.schedule, at: "2031-04-02T09:00:00Z" };
  stored = { ...planned, schedule, media: [], text: "Stollen", revision: 2 };
  await save();
  expect(await screen.findByText("Somebody else changed this post")).toBeInTheDocument();
  expect(await screen.findByText(/^Theirs goes out .*2031/)).toBeInTheDocument();
  expect(field).toHaveValue("Panettone from Monday");
}

test("a post with a time that two change can be saved after looking", async () => {
  await conflictOfPlanned();
  await userEvent.click(screen.getByRole("button", { name: "Keep mine" }));
  await expect.poll(() => screen.queryByText("Somebody else changed this post")).toBeNull();
  expect(stored?.text).toBe("Stollen");
  await save();
  await expect.poll(() => stored?.text).toBe("Panettone from Monday");
  expect(sent.at(-1)).toMatchObject({ revision: 2, keep_present: true });
});

test("of a post with a time that two change, the other's words and time can be gone on with", async () => {
  await conflictOfPlanned();
  await userEvent.click(screen.getByRole("button", { name: "Load theirs" }));
  expect(await screen.findByDisplayValue("Stollen")).toBeInTheDocument();
  await userEvent.type(await text(), " too");
  await save();
  await expect.poll(() => stored?.text).toBe("Stollen too");
  const schedule = expect.objectContaining({ at: "2031-04-02T09:00:00.000Z" });
  expect(sent.at(-1)).toMatchObject({ revision: 2, schedule });
});

test("words that were written for a time come back where the address says it", async () => {
  openPage("/compose?at=2031-03-01T09:00:00.000Z");
  const field = await text();
  status = nobody;
  await userEvent.type(field, "Panettone");
  await logInAgain();
  expect(await text()).toHaveValue("Panettone");
  expect(screen.getByRole("button", { name: /^Schedule for / })).toBeInTheDocument();
});

const drawersWords = {
  user: "u1",
  workspace: "w1",
  postId: null,
  revision: null,
  draft: { ...emptyDraft(), text: "Begun in the drawer", when: whenAt("2031-03-01T09:00:00.000Z") },
  beginning: beginningOf(emptyDraft()),
  time: { at: "2031-03-01T09:00:00.000Z" },
  drawer: true,
};

test("words of the drawer come back on the composer's page with the time they were meant for", async () => {
  keepWords(drawersWords);
  const page = openPage("/");
  expect(await text()).toHaveValue("Begun in the drawer");
  expect(page.address()).toMatch("at=2031-03-01T09%3A00%3A00.000Z");
});

test.each(["", "?at=2032-01-01T09:00:00.000Z", "?when=queue", "?start=first"])(
  "a new post at /compose%s does not begin with words for another time",
  async (search) => {
    keepWords({ ...drawersWords, drawer: false });
    openPage(`/compose${search}`);
    expect(await text()).not.toHaveValue("Begun in the drawer");
    expect(sessionStorage).toHaveLength(1);
  },
);

test("words are not shown to whoever logs in next", async () => {
  openPage("/compose");
  const field = await text();
  status = nobody;
  next = somebody({ id: "u2", name: "Bo Lind" });
  await userEvent.type(field, "Panettone from Monday");
  await logInAgain();
  expect(await text()).toHaveValue("");
});

test("the time a calendar proposed is still meant after the page is loaded again", async () => {
  const page = openPage("/compose?at=2031-03-01T09:00:00.000Z");
  await userEvent.type(await text(), "Panettone");
  await expect.poll(page.address, { timeout: 5000 }).toBe("/compose/p1?at=2031-03-01T09%3A00%3A00.000Z");
  expect(screen.getByRole("button", { name: /^Schedule for / })).toBeInTheDocument();
});

test("a draft whose address says a time begins with it", async () => {
  stored = { text: "Panettone", revision: 1, media: [] };
  openPage("/compose/p1?at=2031-03-01T09:00:00.000Z");
  await text();
  expect(screen.getByRole("button", { name: /^Schedule for / })).toBeInTheDocument();
});

test("a time that is chosen is kept in the address", async () => {
  stored = { text: "Panettone", revision: 1, media: [] };
  const page = openPage("/compose/p1");
  await text();
  await userEvent.click(screen.getByRole("radio", { name: "Next free slot" }));
  await expect.poll(page.address).toBe("/compose/p1?when=queue");
  await userEvent.click(screen.getByRole("radio", { name: "Now" }));
  await expect.poll(page.address).toBe("/compose/p1");
});

test("how a draft comes round again is kept in the address, and said again from there", async () => {
  stored = { text: "Panettone", revision: 1, media: [] };
  const page = openPage("/compose/p1?at=2031-03-03T09:00:00.000Z");
  await text();
  await userEvent.click(screen.getByRole("button", { name: "Repeat: Does not repeat" }));
  await userEvent.selectOptions(await screen.findByRole("combobox", { name: "Repeat" }), "By the week");
  await expect.poll(() => decodeURIComponent(page.address())).toMatch(/"weekdays":\["monday"\]/);
  const address = page.address();
  cleanup();
  openPage(address);
  await text();
  expect(screen.getByRole("button", { name: "Repeat: Every Monday" })).toBeInTheDocument();
});

test("a picture that was taken off comes back to its place, with its words", async () => {
  const picture = (id: string, alt: string) => ({
    id,
    alt,
    file_name: `${id}.png`,
    kind: "image" as const,
    mime: "image/png",
    bytes: 1000,
    width: 800,
    height: 600,
    duration_ms: null,
    url: `/api/media/${id}/file`,
    thumbnail_url: null,
  });
  stored = { text: "Panettone", revision: 1, media: [] };
  files = [picture("one", "A loaf"), picture("two", "A cake"), picture("three", "")];
  openPage("/compose/p1");
  await text();
  const items = () => screen.getAllByRole("button", { name: /^Item \d: / }).map((item) => item.ariaLabel);
  const before = items();
  await userEvent.click(screen.getByRole("button", { name: "Remove item 2" }));
  expect(items()).toEqual(["Item 1: one.png", "Item 2: three.png"]);
  await userEvent.click(await screen.findByRole("button", { name: /^Undo/ }));
  expect(items()).toEqual(before);
  await expect
    .poll(() => sent.at(-1)?.media, { timeout: 5000 })
    .toEqual([
      { id: "one", alt: "A loaf" },
      { id: "two", alt: "A cake" },
      { id: "three", alt: "" },
    ]);
  expect(screen.getByRole("button", { name: "Crop item 2" })).toBeInTheDocument();
});
