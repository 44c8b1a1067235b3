import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { Delivery, Post } from "@/api/model";
import { show } from "@/test/render";
import { fakeServer } from "@/test/server";
import { PostActions } from "./PostActions";

const delivery = {
  id: "d1",
  channel_id: "c1",
  state: "cancelled",
  attempts: 0,
  error: null,
} as Delivery;
const cancelled = {
  id: "p1",
  state: "cancelled",
  text: "Panettone",
  media: [],
  variants: {},
  schedule: { kind: "at", at: "2031-03-01T09:00:00Z", time_zone: "UTC", repeat: null },
  deliveries: [delivery],
} as unknown as Post;

let calls: string[] = [];
/** What becomes of the post. */
let restored: Post["state"];
beforeEach(() => {
  calls = [];
  restored = "scheduled";
});

fakeServer(
  http.post("*/api/posts/p1/:act", ({ params }) => {
    calls.push(String(params.act));
    return HttpResponse.json({ ...cancelled, state: params.act === "restore" ? restored : "cancelled" });
  }),
);

const actions = (post: Post) => show(<PostActions post={post} title="Panettone" onGone={() => undefined} />);
const restore = () => userEvent.click(screen.getByRole("button", { name: "Restore" }));

test("a cancelled post is restored at any time, and that can be undone", async () => {
  await actions(cancelled);
  await restore();
  expect(await screen.findByText("The post is scheduled again")).toBeInTheDocument();
  await userEvent.click(await screen.findByRole("button", { name: /^Undo/ }));
  expect(await screen.findByText("The post is cancelled")).toBeInTheDocument();
  expect(calls).toEqual(["restore", "cancel"]);
});

test("a restored post whose time has passed is said to be a draft", async () => {
  restored = "draft";
  await actions(cancelled);
  await restore();
  expect(await screen.findByText(/^The post is a draft again/)).toBeInTheDocument();
  expect(calls).toEqual(["restore"]);
});

test("what was tried before it was cancelled offers no restoring", async () => {
  await actions({ ...cancelled, deliveries: [{ ...delivery, attempts: 1 }] });
  expect(screen.queryByRole("button", { name: "Restore" })).not.toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Delete" })).toBeInTheDocument();
});

const planned = {
  ...cancelled,
  state: "scheduled",
  paused_at: null,
  deliveries: [{ ...delivery, state: "scheduled" }],
} as Post;

test("a planned post is paused, and that can be undone", async () => {
  await actions(planned);
  await userEvent.click(screen.getByRole("button", { name: "Pause" }));
  expect(await screen.findByText("The post is paused")).toBeInTheDocument();
  await userEvent.click(await screen.findByRole("button", { name: /^Undo/ }));
  await expect.poll(() => calls).toEqual(["pause", "resume"]);
});

test("a paused post is resumed by one press while its time is to come", async () => {
  await actions({ ...planned, paused_at: "2030-01-01T00:00:00Z" });
  expect(screen.queryByRole("button", { name: "Pause" })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Resume" }));
  expect(await screen.findByText("The post goes out at its time")).toBeInTheDocument();
  expect(calls).toEqual(["resume"]);
});

test("a paused post whose time has passed is not sent before that is said", async () => {
  const schedule = { ...planned.schedule, at: "2020-03-01T09:00:00Z" };
  await actions({ ...planned, schedule, paused_at: "2020-01-01T00:00:00Z" });
  await userEvent.click(screen.getByRole("button", { name: "Resume" }));
  const ask = await screen.findByRole("dialog", { name: "Resume “Panettone”?" });
  expect(ask).toHaveTextContent("so it goes out at once");
  expect(calls).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Send it now" }));
  expect(await screen.findByText("The post goes out now")).toBeInTheDocument();
  expect(calls).toEqual(["resume"]);
});
