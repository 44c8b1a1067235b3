import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { Delivery } from "@/api/model";
import { show } from "@/test/render";
import { fakeServer } from "@/test/server";
import { DeliveryActions } from "./DeliveryActions";

const delivery = (change: Partial<Delivery>): Delivery => ({
  id: "d1",
  post_id: "p1",
  channel_id: "c1",
  channel_name: "Harbour Bakery",
  platform: "facebook",
  state: "failed",
  due_at: null,
  attempts: 1,
  next_attempt_at: null,
  remote_id: null,
  permalink: null,
  published_at: null,
  late_by_ms: null,
  error: null,
  can_retry: true,
  can_cancel: false,
  first_comment: null,
  at_platform: null,
  ...change,
});
type Advice = NonNullable<Delivery["error"]>["advice"];
const error = (advice: Advice) => ({ code: "platform_refused", detail: "No.", advice });

const calls: unknown[] = [];
fakeServer(
  http.get("*/api/connections", () => HttpResponse.json({ items: [], next_cursor: null })),
  http.get("*/api/platforms", () => HttpResponse.json({ items: [], next_cursor: null })),
  http.post("*/api/deliveries/d1/resolve", async ({ request }) => {
    calls.push(await request.json());
    return HttpResponse.json(delivery({ state: "published" }));
  }),
);

test.each<[Advice, string, string]>([
  ["edit", "link", "Edit"],
  ["reconnect", "link", "Reconnect"],
  ["retry", "button", "Try again: Harbour Bakery"],
])("the advice %s is the first thing to do", async (advice, role, name) => {
  await show(<DeliveryActions delivery={delivery({ error: error(advice) })} />);
  const part = screen.getByTestId("part");
  expect(within(part).getByRole(role, { name })).toHaveAttribute("data-variant", "filled");
});

test("what is published offers nothing", async () => {
  await show(
    <DeliveryActions delivery={delivery({ state: "published", can_retry: false, error: error("edit") })} />,
  );
  expect(screen.getByTestId("part")).toBeEmptyDOMElement();
});

test("an unknown outcome is settled by the person, with the address they found", async () => {
  await show(
    <DeliveryActions delivery={delivery({ state: "needs_attention", error: error("check_platform") })} />,
  );
  expect(screen.queryByRole("button", { name: /^Try again/ })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "It is live: Harbour Bakery" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.type(within(dialog).getByLabelText("Address of the post"), "https://example.com/1");
  await userEvent.click(within(dialog).getByRole("button", { name: "It is live" }));
  await expect.poll(() => calls).toEqual([{ published: true, permalink: "https://example.com/1" }]);
});
