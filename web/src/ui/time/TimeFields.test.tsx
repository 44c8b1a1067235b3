import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { show } from "@/test/render";
import { TimeFields } from "./TimeFields";
import type { WallClock } from "./wall-clock";

const year = new Date().getFullYear() + 1;

function Fields() {
  const [clock, setClock] = useState<WallClock>({ date: `${year}-03-10`, time: "09:00" });
  return (
    <>
      <TimeFields
        clock={clock}
        zone="UTC"
        onChange={(change) => setClock((now) => ({ ...now, ...change }))}
      />
      <button type="button" onClick={() => setClock({ date: `${year}-07-01`, time: "10:00" })}>
        Suggested
      </button>
    </>
  );
}

const month = () => screen.getByRole("button", { name: "Choose the month" });
const typed = () => screen.getByLabelText("Date", { selector: "input" });
const type = (date: string) => fireEvent.change(typed(), { target: { value: date } });

test("a date may be typed, and the calendar goes along", async () => {
  await show(<Fields />);
  expect(month()).toHaveTextContent(`March ${year}`);
  type(`${year}-05-20`);
  expect(month()).toHaveTextContent(`May ${year}`);
  expect(screen.getByText(new RegExp(`20 May ${year}, 09:00`))).toBeVisible();
  // What somebody has half typed is no date to go to.
  type("0002-05-20");
  expect(month()).toHaveTextContent(String(year));
  type("");
  expect(screen.getByText("Choose a date and a time.")).toBeVisible();
});

test("the calendar is leafed through without changing the date, and shows one that is set from elsewhere", async () => {
  await show(<Fields />);
  await userEvent.click(screen.getByRole("button", { name: "Next month" }));
  expect(month()).toHaveTextContent(`April ${year}`);
  expect(typed()).toHaveValue(`${year}-03-10`);
  await userEvent.click(screen.getByRole("button", { name: "Suggested" }));
  expect(month()).toHaveTextContent(`July ${year}`);
});
