import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http } from "msw";
import { expect, test } from "vitest";
import type { Platform } from "@/api/model";
import { emptyWorkspace, here, list, openPage, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

const platform = (id: string, name: string, variables: string[]) =>
  ({
    id,
    name,
    summary: "",
    configured: true,
    sandbox: true,
    variables,
    setup_steps: ["Create an app."],
    callback_url: `https://fanfare.example/api/connect/${id}/callback`,
    documentation_url: "https://docs.example",
    connect_methods: [],
    roles: [],
  }) as unknown as Platform;

fakeServer(
  here(() => somebody()),
  http.get("*/api/platforms", () =>
    list([platform("facebook", "Facebook", ["FANFARE_FACEBOOK_APP_ID"]), platform("bluesky", "Bluesky", [])]),
  ),
  ...emptyWorkspace,
);

test("beside the pretend platform stands the guide to an app of one's own, where one is needed", async () => {
  const page = openPage("/setup?step=connect");
  await userEvent.click(
    await screen.findByRole("button", { name: "Use your own Facebook app" }, { timeout: 15_000 }),
  );
  expect(
    await screen.findByText("https://fanfare.example/api/connect/facebook/callback", {}, { timeout: 15_000 }),
  ).toBeInTheDocument();
  expect(page.address()).toBe("/setup?step=connect");
  expect(screen.queryByText("Use your own Bluesky app")).not.toBeInTheDocument();
});
