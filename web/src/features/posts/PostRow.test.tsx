import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Post } from "@/api/model";
import { show } from "@/test/render";
import { PostRow } from "./PostRow";

const delivery = (id: string, change: string | null) => ({
  id,
  channel_name: `Channel ${id}`,
  platform: "facebook",
  state: "published",
  at_platform: change ? { change } : null,
});

const post = (...changes: (string | null)[]) =>
  ({
    id: "p1",
    text: "Panettone day",
    state: "published",
    media: [],
    variants: {},
    schedule: { kind: "now", at: null, repeat: null },
    created_at: "2026-11-20T10:00:00Z",
    deliveries: changes.map((change, index) => delivery(String(index + 1), change)),
  }) as unknown as Post;

test("each channel says what was done there to the post since", async () => {
  await show(<PostRow post={post("removed", "edited", null)} search={{}} />);
  for (const said of ["Channel 1: Removed there", "Channel 2: Edited there", "Channel 3: Published"])
    expect(screen.getByText(said)).toBeInTheDocument();
  expect(screen.getByText("Published")).toBeVisible();
});

test("what was removed everywhere is not called published", async () => {
  await show(<PostRow post={post("removed")} search={{}} />);
  expect(screen.getByText("Removed there")).toBeVisible();
  expect(screen.queryByText(/Published/)).not.toBeInTheDocument();
});
