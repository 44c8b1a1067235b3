import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { show } from "@/test/render";
import { EmptyCalendar } from "./EmptyCalendar";

test("over the grid it can be closed; where there is no grid it is all there is", async () => {
  await show(
    <>
      <EmptyCalendar shown search={{}} floating />
      <EmptyCalendar shown search={{}} floating={false} />
    </>,
  );
  expect(screen.getAllByText("Nothing is planned here")).toHaveLength(2);
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.getAllByText("Nothing is planned here")).toHaveLength(1);
  expect(screen.queryByRole("button", { name: "Close" })).not.toBeInTheDocument();
});
