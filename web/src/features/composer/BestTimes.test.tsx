import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { useState } from "react";
import { beforeEach, expect, test } from "vitest";
import { show } from "@/test/render";
import { fakeServer } from "@/test/server";
import { BestTimes } from "./BestTimes";
import { whenAt } from "./draft";

let answer: object;
let asked: URLSearchParams[];
beforeEach(() => {
  asked = [];
});

fakeServer(
  http.get("*/api/best-times", ({ request }) => {
    asked.push(new URL(request.url).searchParams);
    return HttpResponse.json(answer);
  }),
);

function Picker({ channelIds }: { channelIds: string[] }) {
  const [when, setWhen] = useState(whenAt("2026-11-27T08:00:00Z", "Europe/Madrid"));
  return (
    <>
      <BestTimes channelIds={channelIds} when={when} onChange={setWhen} />
      <p>
        {when.kind} {when.date} {when.time}
      </p>
    </>
  );
}

test("a time that did well is chosen with one press, by the clocks of the post", async () => {
  const best = {
    weekday: "tuesday",
    time: "18:00",
    at: "2026-12-01T17:00:00Z",
    times_average: 1.6,
    posts: 7,
  };
  answer = { times: [best], posts: 31, posts_missing: 0 };
  await show(<Picker channelIds={["f", "i"]} />);
  const button = await screen.findByRole("button", {
    name: /^Tue 1 Dec, 18:00 1\.6 times your average, from 7 posts$/,
  });
  expect(button).toHaveAttribute("aria-pressed", "false");
  await userEvent.click(button);
  expect(screen.getByText("at 2026-12-01 18:00")).toBeVisible();
  expect(button).toHaveAttribute("aria-pressed", "true");
  expect(asked.map((query) => [query.get("channel_id"), query.get("time_zone")])).toEqual([
    ["f,i", "Europe/Madrid"],
  ]);
});

test("too few figures say how many are missing", async () => {
  answer = { times: [], posts: 7, posts_missing: 3 };
  await show(<Picker channelIds={["f"]} />);
  expect(
    await screen.findByText("After 3 more posts that people react to, Fanfare suggests times here."),
  ).toBeVisible();
});

test("nothing is said where platforms tell nothing", async () => {
  answer = { times: [], posts: 0, posts_missing: null };
  await show(<Picker channelIds={["m"]} />);
  await expect.poll(() => asked.length).toBe(1);
  expect(screen.getByTestId("part")).toHaveTextContent(/^at 2026-11-27 09:00$/);
});

test("nothing is asked without a channel", async () => {
  await show(<Picker channelIds={[]} />);
  expect(screen.getByTestId("part")).toHaveTextContent(/^at 2026-11-27 09:00$/);
  expect(asked).toEqual([]);
});
