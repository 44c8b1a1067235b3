import { MantineProvider } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "@/api/error";
import { somethingToUndo, toastUndo, undoLatest } from "./toast";

beforeEach(() => {
  render(
    <MantineProvider env="test">
      <Notifications />
      <button type="button">Friday</button>
    </MantineProvider>,
  );
});
afterEach(() => notifications.clean());

test("the button undoes, once, and says so", async () => {
  const undo = vi.fn(async () => {});
  toastUndo("Moved to Friday", undo, "Back on Thursday");
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  expect(undo).toHaveBeenCalledTimes(1);
  expect(await screen.findByText("Back on Thursday")).toBeVisible();
  undoLatest();
  expect(undo).toHaveBeenCalledTimes(1);
});

test("after it is pressed the focus is where it came from, not lost with the toast", async () => {
  const post = screen.getByRole("button", { name: "Friday" });
  post.focus();
  toastUndo("Moved to Friday", () => {});
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  expect(post).toHaveFocus();
});

test("the last thing done is undone first", async () => {
  const order: string[] = [];
  toastUndo("One", () => order.push("one"));
  toastUndo("Two", () => order.push("two"));
  undoLatest();
  undoLatest();
  expect(order).toEqual(["two", "one"]);
  expect(somethingToUndo()).toBe(false);
});

test("what is closed cannot be undone any more", async () => {
  toastUndo("Moved", () => {});
  const toast = (await screen.findByText("Moved")).closest<HTMLElement>('[role="status"]');
  if (toast) await userEvent.click(within(toast).getByRole("button", { name: "Close" }));
  await waitFor(() => expect(somethingToUndo()).toBe(false));
});

test("an undo that fails says so", async () => {
  toastUndo("Moved", async () => {
    throw new ApiError(409, "too_late", "", null);
  });
  undoLatest();
  expect(await screen.findByText("This could not be undone")).toBeVisible();
});
