import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { emptyWorkspace, here, list, openPage, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

fakeServer(
  here(() => somebody()),
  http.get("*/api/channel-groups", () => list([])),
  http.post("*/api/posts/validate", () => HttpResponse.json({ findings: [], entities: [], counts: [] })),
  ...emptyWorkspace,
);

test("who opens the drawer writes at once, and is back where they were after Esc", async () => {
  openPage("/posts");
  await screen.findByRole("heading", { name: "No posts yet" }, { timeout: 15_000 });
  const before = screen.getByRole("link", { name: "Calendar" });
  before.focus();
  await userEvent.keyboard("c");
  const text = await screen.findByRole("textbox", { name: "Text" }, { timeout: 15_000 });
  await expect.poll(() => document.activeElement).toBe(text);
  // What keeps the focus in the drawer looks for its place a moment later.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await userEvent.keyboard("quick");
  expect(text).toHaveValue("quick");
  await userEvent.clear(text);
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => document.activeElement).toBe(before);
});
