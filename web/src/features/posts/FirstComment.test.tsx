import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { Delivery } from "@/api/model";
import { show } from "@/test/render";
import { fakeServer } from "@/test/server";
import { FirstComment } from "./FirstComment";

type Comment = NonNullable<Delivery["first_comment"]>;
type Advice = NonNullable<Comment["error"]>["advice"];

const written: Comment = {
  state: "published",
  text: "Order here: https://harbour.example",
  attempts: 1,
  can_retry: false,
  can_cancel: false,
  error: null,
  next_attempt_at: null,
  permalink: null,
  published_at: null,
  remote_id: null,
};

const delivery = (comment: Partial<Comment> | null, change: Partial<Delivery> = {}): Delivery => ({
  id: "d1",
  post_id: "p1",
  channel_id: "c1",
  channel_name: "Harbour Bakery",
  platform: "facebook",
  state: "published",
  due_at: null,
  attempts: 1,
  next_attempt_at: null,
  remote_id: "1",
  permalink: null,
  published_at: null,
  late_by_ms: null,
  error: null,
  can_retry: false,
  can_cancel: false,
  at_platform: null,
  first_comment: comment && { ...written, ...comment },
  ...change,
});

const failed = (advice: Advice): Partial<Comment> => ({
  state: "failed",
  can_retry: true,
  can_cancel: true,
  error: { code: "platform_refused", detail: "The comment was refused as spam.", advice },
});

const calls: [what: string, content: unknown][] = [];
beforeEach(() => {
  calls.length = 0;
});
fakeServer(
  http.get("*/api/connections", () => HttpResponse.json({ items: [], next_cursor: null })),
  http.get("*/api/platforms", () =>
    HttpResponse.json({ items: [{ id: "facebook", name: "Facebook" }], next_cursor: null }),
  ),
  http.post("*/api/deliveries/d1/first-comment/:what", async ({ params, request }) => {
    calls.push([String(params.what), await request.json().catch(() => null)]);
    return HttpResponse.json(delivery({ state: "scheduled" }));
  }),
);

const card = () => screen.getByRole("region", { name: "First comment on Harbour Bakery" });
const button = (words: string) =>
  within(card()).getByRole("button", { name: `${words}: First comment on Harbour Bakery` });

test("a post without one shows nothing", async () => {
  await show(<FirstComment delivery={delivery(null)} />);
  expect(screen.getByTestId("part")).toBeEmptyDOMElement();
});

test("before the post is live its text is told, and there is nothing to do", async () => {
  await show(<FirstComment delivery={delivery({ state: "scheduled" }, { state: "scheduled" })} />);
  expect(card()).toHaveTextContent("Order here: https://harbour.example");
  expect(within(card()).getByText("It follows as soon as the post is live.")).toBeVisible();
  expect(within(card()).queryByRole("button")).not.toBeInTheDocument();
});

test("what is written leads to where it is", async () => {
  await show(<FirstComment delivery={delivery({ permalink: "https://facebook.example/1" })} />);
  expect(within(card()).getByText("Published")).toBeVisible();
  expect(
    within(card()).getByRole("link", { name: "Open the first comment on Harbour Bakery" }),
  ).toHaveAttribute("href", "https://facebook.example/1");
  expect(within(card()).queryByRole("button")).not.toBeInTheDocument();
});

test("a failed one says why, and the advice is the first thing to do", async () => {
  await show(<FirstComment delivery={delivery(failed("edit"))} />);
  expect(within(card()).getByText("The comment was refused as spam.")).toBeVisible();
  expect(button("Change the text")).toHaveAttribute("data-variant", "filled");
  expect(button("Try again")).toHaveAttribute("data-variant", "default");

  await userEvent.click(button("Change the text"));
  const send = within(card()).getByRole("button", { name: "Save and try again" });
  expect(send).toBeDisabled();
  const field = within(card()).getByRole("textbox", { name: "First comment on Harbour Bakery" });
  await userEvent.clear(field);
  await userEvent.type(field, "Order in the shop");
  await userEvent.click(send);
  await expect.poll(() => calls).toEqual([["retry", { text: "Order in the shop" }]]);
  await expect.poll(() => within(card()).queryByRole("textbox")).toBeNull();
});

test("one that may work next time is tried again as it is, or left out", async () => {
  await show(<FirstComment delivery={delivery(failed("retry"))} />);
  expect(button("Try again")).toHaveAttribute("data-variant", "filled");
  await userEvent.click(button("Try again"));
  await userEvent.click(button("Leave out"));
  await expect.poll(() => calls.map(([what]) => what)).toEqual(["retry", "cancel"]);
  expect(calls[0]?.[1]).toEqual({});
});

test("ended access is reconnected first", async () => {
  await show(<FirstComment delivery={delivery(failed("reconnect"))} />);
  expect(within(card()).getByRole("link", { name: "Reconnect" })).toHaveAttribute("data-variant", "filled");
  expect(button("Try again")).toHaveAttribute("data-variant", "default");
});

test("one that is tried again by itself says when, and asks for nothing", async () => {
  const soon = new Date(Date.now() + 5 * 60_000).toISOString();
  await show(
    <FirstComment
      delivery={delivery({
        ...failed("wait"),
        state: "scheduled",
        can_retry: false,
        can_cancel: false,
        next_attempt_at: soon,
      })}
    />,
  );
  expect(within(card()).getByText(/It is tried again by itself/)).toHaveTextContent(/5 min/);
  expect(within(card()).queryByRole("button")).not.toBeInTheDocument();
});

test("an unknown outcome is settled by whoever looked, and sent again only after asking", async () => {
  const unknown: Partial<Comment> = {
    ...failed("check_platform"),
    state: "needs_attention",
    can_retry: false,
  };
  await show(<FirstComment delivery={delivery(unknown)} />);
  expect(await within(card()).findByText(/Look below the post on Facebook first/)).toBeVisible();
  await userEvent.click(button("Send again"));
  const ask = await screen.findByRole("dialog", { name: "Send the comment again to Harbour Bakery?" });
  expect(ask).toHaveTextContent("If the first try did arrive after all, the comment is there twice.");
  expect(calls).toEqual([]);
  await userEvent.click(within(ask).getByRole("button", { name: "Send again" }));
  await expect.poll(() => calls).toEqual([["resolve", { published: false }]]);
});

test("one that is there after all is marked so", async () => {
  await show(<FirstComment delivery={delivery({ ...failed("check_platform"), state: "needs_attention" })} />);
  await userEvent.click(button("It is there"));
  await expect.poll(() => calls).toEqual([["resolve", { published: true }]]);
});
