import { screen } from "@testing-library/react";
import { http } from "msw";
import { expect, test } from "vitest";
import { channel } from "@/test/channel";
import { list } from "@/test/page";
import { show } from "@/test/render";
import { fakeServer } from "@/test/server";
import { SlotsPicker } from "./SlotsPicker";

const CHANNELS = [channel("b", "@harbour", "bluesky"), channel("f", "Harbour Bakery", "facebook")];

fakeServer(
  http.get("*/api/queue/next", () =>
    list([
      { channel_id: "b", at: "2031-03-01T09:00:00Z", time_zone: "UTC", reason: null },
      { channel_id: "f", at: null, time_zone: null, reason: "no_slots" },
    ]),
  ),
);

test("a channel without slots is one click away from them", async () => {
  await show(<SlotsPicker channels={CHANNELS} post={null} />);
  const link = await screen.findByRole("link", { name: "Set up slots: Harbour Bakery" });
  expect(link).toHaveAttribute("href", "/queue/f");
  expect(screen.queryByRole("link", { name: /@harbour/ })).not.toBeInTheDocument();
});
