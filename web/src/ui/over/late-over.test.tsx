import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { toastDone } from "../toast";
import { LateOver } from "./LateOver";

test("a toast that is raised before the page is shown comes at once", async () => {
  render(
    <MantineProvider env="test">
      <LateOver shown={new Promise(() => undefined)} />
    </MantineProvider>,
  );
  toastDone("Saved");
  expect(await screen.findByText("Saved")).toBeVisible();
});
