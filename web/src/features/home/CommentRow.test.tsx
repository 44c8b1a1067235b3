import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { Delivery, Post } from "@/api/model";
import { show } from "@/test/render";
import { fakeServer } from "@/test/server";
import { CommentRow } from "./CommentRow";
import { waitingComments } from "./waiting-comments";

type Comment = NonNullable<Delivery["first_comment"]>;

const comment = (state: string, advice: NonNullable<Comment["error"]>["advice"]) => ({
  state,
  can_retry: state === "failed",
  error: { code: "platform_refused", detail: "The comment looks like spam.", advice },
});

const post = (id: string, ...comments: (object | null)[]): Post =>
  ({
    id,
    text: "Panettone day",
    variants: {},
    deliveries: comments.map((first_comment, index) => ({
      id: `${id}-${index}`,
      post_id: id,
      channel_id: "c1",
      channel_name: "Harbour Bakery",
      platform: "facebook",
      state: "published",
      first_comment,
    })),
  }) as unknown as Post;

const calls: string[] = [];
beforeEach(() => {
  calls.length = 0;
});
fakeServer(
  http.get("*/api/connections", () => HttpResponse.json({ items: [], next_cursor: null })),
  http.get("*/api/platforms", () => HttpResponse.json({ items: [], next_cursor: null })),
  http.post("*/api/deliveries/:id/first-comment/retry", ({ params }) => {
    calls.push(String(params.id));
    return HttpResponse.json({ id: params.id, post_id: "p1" });
  }),
);

test("only comments that nobody but a person can help on wait", () => {
  const posts = [
    post("p1", comment("failed", "retry"), null, comment("published", "none")),
    post("p2", comment("scheduled", "wait"), comment("cancelled", "none")),
    post("p3", comment("needs_attention", "check_platform")),
  ];
  expect(waitingComments(posts).map(({ delivery }) => delivery.id)).toEqual(["p1-0", "p3-0"]);
});

const row = async (state: string, advice: NonNullable<Comment["error"]>["advice"]) => {
  const [waiting] = waitingComments([post("p1", comment(state, advice))]);
  if (!waiting) throw new Error("nothing waits");
  await show(<CommentRow waiting={waiting} />);
};

test("the row says below which post, why, and tries again by one press", async () => {
  await row("failed", "retry");
  expect(
    screen.getByRole("link", { name: "First comment not written on Harbour Bakery, below “Panettone day”" }),
  ).toHaveAttribute("href", "/posts/p1");
  expect(screen.getByText("The comment looks like spam.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Try again: First comment on Harbour Bakery" }));
  await expect.poll(() => calls).toEqual(["p1-0"]);
});

test.each([
  ["failed", "edit", "Change the text: First comment on Harbour Bakery", "/posts/p1"],
  ["needs_attention", "check_platform", "Look and decide: First comment on Harbour Bakery", "/posts/p1"],
  ["failed", "reconnect", "Reconnect", "/connections"],
] as const)(
  "what is %s with the advice %s leads to where it is mended",
  async (state, advice, name, href) => {
    await row(state, advice);
    expect(screen.getByRole("link", { name })).toHaveAttribute("href", href);
    // Among what surrounds the row may still be a toast.
    expect(within(screen.getByTestId("part")).queryByRole("button")).not.toBeInTheDocument();
  },
);
