import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { Suspense } from "react";
import { beforeEach, expect, test } from "vitest";
import { show } from "@/test/render";
import { fakeServer } from "@/test/server";
import { WorkspaceMenu } from "./WorkspaceMenu";

const WORKSPACES = [
  { id: "w1", name: "The Bakery", role: "owner" },
  { id: "w2", name: "The Café", role: "viewer" },
];
let current = "w1";
let asked: (string | null)[] = [];
beforeEach(() => {
  current = "w1";
  asked = [];
});

const ada = { id: "u", email: "ada@example.com", name: "Ada", is_admin: true, email_verified: true };
fakeServer(
  http.get("*/api/auth/status", () =>
    HttpResponse.json({
      authenticated: true,
      user: { ...ada, created_at: "2026-01-01T00:00:00Z" },
      workspaces: WORKSPACES,
      workspace_id: current,
      sandbox: false,
      registration_open: false,
      set_up: true,
      version: "1",
    }),
  ),
  http.get("*/api/workspaces", ({ request }) => {
    asked.push(request.headers.get("Fanfare-Workspace"));
    current = "w2";
    return HttpResponse.json({ items: WORKSPACES, next_cursor: null });
  }),
);

const menu = (name: string) => screen.findByRole("button", { name: `Workspace: ${name}` });

test("one goes over to another workspace, where a viewer cannot rename it", async () => {
  const { address } = await show(
    <Suspense>
      <WorkspaceMenu folded={false} />
    </Suspense>,
  );
  await userEvent.click(await menu("The Bakery"));
  expect(await screen.findByRole("menuitemradio", { name: "The Bakery" })).toBeChecked();
  expect(screen.getByRole("menuitem", { name: "Rename workspace" })).toBeEnabled();
  await userEvent.click(screen.getByRole("menuitemradio", { name: "The Café" }));

  await waitFor(() => expect(address()).toBe("/"));
  expect(asked).toEqual(["w2"]);
  await menu("The Café");
  await userEvent.click(await menu("The Café"));
  expect(await screen.findByRole("menuitem", { name: "Rename workspace" })).toBeDisabled();
  expect(screen.getByText("Only owners and admins may rename it")).toBeVisible();
});
