import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import type { Post } from "@/api/model";
import { show } from "@/test/render";
import { fakeServer } from "@/test/server";
import { SaveTemplateDialog } from "./SaveTemplateDialog";

const saved: unknown[] = [];
fakeServer(
  http.post("*/api/content-templates", async ({ request }) => {
    const template = (await request.json()) as { name: string };
    if (template.name === "Taken") {
      return HttpResponse.json(
        {
          status: 422,
          code: "invalid_input",
          errors: [{ field: "name", code: "already_exists", detail: "" }],
        },
        { status: 422, headers: { "Content-Type": "application/problem+json" } },
      );
    }
    saved.push(template);
    return HttpResponse.json({ id: "t1", ...template }, { status: 201 });
  }),
);

/** Published to a channel that is connected no longer, and has a text of its own. */
const post = {
  id: "p1",
  text: "Panettone day",
  media: [{ id: "m1", alt: "A loaf" }],
  channel_ids: ["gone"],
  variants: { gone: { text: "Panettone", options: { first_comment: "Order here" } } },
  schedule: { kind: "at", at: "2026-11-20T12:00:00Z", time_zone: "Europe/Madrid", repeat: null },
  deliveries: [{ channel_id: "gone", platform: "facebook" }],
} as unknown as Post;

test("what a post says is kept by platform, under the name given", async () => {
  const onClose = vi.fn();
  await show(<SaveTemplateDialog post={post} title="Panettone day" onClose={onClose} />);
  const name = await screen.findByLabelText("Name of the template");
  expect(name).toHaveValue("Panettone day");
  await userEvent.clear(name);
  expect(screen.getByRole("button", { name: "Save template" })).toBeDisabled();
  await userEvent.type(name, "Taken");
  await userEvent.click(screen.getByRole("button", { name: "Save template" }));
  await expect.poll(() => name.getAttribute("aria-invalid")).toBe("true");
  expect(onClose).not.toHaveBeenCalled();

  await userEvent.clear(name);
  await userEvent.type(name, "Weekly{Enter}");
  await expect.poll(() => onClose.mock.calls.length).toBe(1);
  expect(saved).toEqual([
    {
      name: "Weekly",
      text: "Panettone day",
      media: [{ id: "m1", alt: "A loaf" }],
      variants: { facebook: { text: "Panettone", options: { first_comment: "Order here" } } },
    },
  ]);
});
