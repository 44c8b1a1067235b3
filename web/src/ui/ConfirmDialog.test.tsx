import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { show } from "@/test/render";
import { ConfirmDialog } from "./ConfirmDialog";

test("a hasty Enter destroys nothing", async () => {
  const [onConfirm, onClose] = [vi.fn(), vi.fn()];
  await show(
    <ConfirmDialog
      opened
      destructive
      title="Delete “Monday loaf”?"
      confirm="Delete post"
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>It is gone for good.</p>
    </ConfirmDialog>,
  );
  await waitFor(() => expect(screen.getByRole("button", { name: "Cancel" })).toHaveFocus());
  await userEvent.keyboard("{Enter}");
  expect([onConfirm.mock.calls.length, onClose.mock.calls.length]).toEqual([0, 1]);
  await userEvent.click(screen.getByRole("button", { name: "Delete post" }));
  expect(onConfirm).toHaveBeenCalledOnce();
});
