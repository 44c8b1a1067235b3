import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { Delivery } from "@/api/model";
import { show } from "@/test/render";
import { fakeServer } from "@/test/server";
import { DeliveryCard } from "./DeliveryCard";

const delivery: Delivery = {
  id: "d1",
  post_id: "p1",
  channel_id: "c1",
  channel_name: "Harbour Bakery",
  platform: "facebook",
  state: "published",
  due_at: "2026-11-20T09:00:00Z",
  attempts: 1,
  next_attempt_at: null,
  remote_id: "1",
  permalink: "https://www.facebook.com/harbour/posts/1",
  published_at: "2026-11-20T09:00:01Z",
  late_by_ms: 1000,
  at_platform: null,
  error: null,
  can_retry: false,
  can_cancel: false,
  first_comment: null,
};

fakeServer(
  http.post("*/api/deliveries/d1/look", () =>
    HttpResponse.json({ ...delivery, at_platform: { change: "removed", at: "2026-11-20T10:00:00Z" } }),
  ),
);

test("who may, has Fanfare look whether it is still there", async () => {
  await show(
    <ul>
      <DeliveryCard delivery={delivery} mayLook />
    </ul>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Look at the platform again: Harbour Bakery" }));
  expect(await screen.findByText("Harbour Bakery: it is gone there")).toBeInTheDocument();
});

test("who may not, is not offered it", async () => {
  await show(
    <ul>
      <DeliveryCard delivery={delivery} />
    </ul>,
  );
  expect(screen.queryByRole("button", { name: /Look at the platform/ })).toBeNull();
});

const card = (change: string) =>
  show(
    <ul>
      <DeliveryCard delivery={{ ...delivery, at_platform: { change, at: "2026-11-20T10:00:00Z" } }} />
    </ul>,
  );

test("what was removed at the platform reads so, and does not offer to be opened", async () => {
  card("removed");
  expect(await screen.findByText("Removed there")).toBeInTheDocument();
  expect(screen.queryByText("Published")).toBeNull();
  expect(screen.queryByRole("link", { name: "Open the post on Harbour Bakery" })).toBeNull();
});

test("what was edited there is still published", async () => {
  card("edited");
  expect(await screen.findByText("Edited there")).toBeInTheDocument();
  expect(screen.getByText("Published")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Open the post on Harbour Bakery" })).toBeInTheDocument();
});
