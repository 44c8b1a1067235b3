import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { PostMedia } from "@/api/model";
import { UploadQueue } from "@/features/media/upload-queue";
import { channel } from "@/test/channel";
import { show } from "@/test/render";
import type { SharedFinding } from "./findings";
import { MediaTray } from "./MediaTray";

const item = (id: string) => ({ id, kind: "image", file_name: `${id}.jpg`, alt: "" }) as PostMedia;
const finding = (change: Partial<SharedFinding>): SharedFinding => ({
  channelIds: ["a"],
  level: "error",
  code: "media_too_large",
  field: "media.1",
  detail: "9 MB of 8 MB.",
  fix: null,
  ...change,
});
const nothing = () => undefined;

test("what is said of a picture stands under its name, describes it and leads to its words", async () => {
  await show(
    <MediaTray
      media={[item("one"), item("two")]}
      queue={new UploadQueue(nothing)}
      coming={{ imports: [], asked: 0, take: () => nothing, want: nothing }}
      findings={[
        finding({}),
        finding({
          level: "warning",
          code: "alt_text_missing",
          field: "media.1.alt",
          detail: "No words yet.",
        }),
        finding({ code: "too_many_media", field: "media", detail: "At most one." }),
      ]}
      channels={[channel("a", "@harbour", "bluesky")]}
      onFix={nothing}
      fixing={null}
      onAdd={nothing}
      onMove={nothing}
      onRemove={nothing}
      onAlt={nothing}
      onCrop={nothing}
    />,
  );
  const second = screen.getByRole("button", { name: "Item 2: two.jpg" });
  expect(second).toHaveAccessibleDescription(/Item 2.*9 MB of 8 MB\..*No words yet\./);
  expect(second).not.toHaveAccessibleDescription(/At most one/);
  expect(screen.getByRole("button", { name: "Item 1: one.jpg" })).not.toHaveAccessibleDescription(/9 MB/);

  await userEvent.click(screen.getByRole("button", { name: "Describe it" }));
  expect(await screen.findByRole("textbox", { name: "Alternative text of item 2" })).toBeVisible();
});

test("words that are too long are told at their input until they change", async () => {
  await show(
    <MediaTray
      media={[{ ...item("one"), alt: "Loaves" }]}
      queue={new UploadQueue(nothing)}
      coming={{ imports: [], asked: 0, take: () => nothing, want: nothing }}
      findings={[finding({ code: "alt_text_too_long", field: "media.0.alt", detail: "2 over." })]}
      channels={[channel("a", "@harbour", "bluesky")]}
      onFix={nothing}
      fixing={null}
      onAdd={nothing}
      onMove={nothing}
      onRemove={nothing}
      onAlt={nothing}
      onCrop={nothing}
    />,
  );
  await userEvent.click(screen.getByRole("button", { name: "Describe it" }));
  const words = await screen.findByRole("textbox", { name: "Alternative text of item 1" });
  expect(words).toBeInvalid();
  expect(words).toHaveAccessibleDescription(/2 over\./);
  await userEvent.type(words, "{Backspace}");
  expect(words).toBeValid();
});
