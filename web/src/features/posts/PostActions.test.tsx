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
