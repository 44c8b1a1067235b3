import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { useState } from "react";
import { expect, test } from "vitest";
import { channel } from "@/test/channel";
import { show } from "@/test/render";
import { fakeServer } from "@/test/server";
import { ChannelChips } from "./ChannelChips";

const CHANNELS = [
  channel("a", "Bakery", "facebook"),
  channel("b", "Workshops", "facebook"),
  channel("c", "Old Mill", "facebook", { paused: true }),
];
const group = (name: string, channel_ids: string[]) => ({ id: name, name, channel_ids, position: 0 });

fakeServer(
  http.get("*/api/channel-groups", () =>
    HttpResponse.json({
      items: [group("Shops", ["a", "b", "c"]), group("Mills", ["c"]), group("Gone", [])],
      next_cursor: null,
    }),
  ),
);

function Chips({ locked = false }: { locked?: boolean }) {
  const [chosen, setChosen] = useState<string[]>(["a"]);
  return (
    <ChannelChips
      channels={CHANNELS}
      chosen={chosen}
      locked={locked}
      onChange={(id, on) => setChosen((now) => (on ? [...now, id] : now.filter((each) => each !== id)))}
    />
  );
}

const isOn = (name: string) => screen.getByRole("button", { name }).getAttribute("aria-pressed");

test("a group chooses all of its channels that can be chosen, and takes them off again", async () => {
  await show(<Chips />);
  const shops = await screen.findByRole("button", { name: "Group Shops, 2 channels" });
  expect(shops).toHaveAttribute("aria-pressed", "false");
  await userEvent.click(shops);
  expect([isOn("Bakery"), isOn("Workshops"), isOn("Old Mill")]).toEqual(["true", "true", "false"]);
  expect(shops).toHaveAttribute("aria-pressed", "true");
  await userEvent.click(shops);
  expect([isOn("Bakery"), isOn("Workshops")]).toEqual(["false", "false"]);
});

test("a group without a channel to choose is left out", async () => {
  await show(<Chips />);
  await screen.findByRole("button", { name: /Group Shops/ });
  expect(screen.queryByRole("button", { name: /Group (Mills|Gone)/ })).toBeNull();
});

test("a paused channel can be chosen, and says that posts wait there", async () => {
  await show(<Chips />);
  const paused = screen.getByRole("button", { name: "Old Mill" });
  expect(paused).toHaveAttribute("aria-disabled", "false");
  await userEvent.hover(paused);
  expect(await screen.findByText("Old Mill is paused; posts wait until you resume it")).toBeInTheDocument();
  await userEvent.click(paused);
  expect(paused).toHaveAttribute("aria-pressed", "true");
});
