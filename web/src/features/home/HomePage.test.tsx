import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import { openPage, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";

const none = { items: [], next_cursor: null };
let accounts: () => Response;
beforeEach(() => {
  accounts = () => HttpResponse.json(none);
});
fakeServer(
  http.get("*/api/auth/status", () => HttpResponse.json(somebody())),
  http.get("*/api/first-run", () => HttpResponse.json({ step: "done", hidden: true })),
  http.get("*/api/platforms", () => HttpResponse.json(none)),
  http.get("*/api/posts", () => HttpResponse.json(none)),
  http.get("*/api/connections", () => accounts()),
);

/** The card, once it is more than the place where it will be. */
async function needsYou() {
  await screen.findByRole("region", { name: "Needs you" });
  await expect.poll(() => document.querySelectorAll('main [aria-busy="true"]').length).toBe(0);
  return within(screen.getByRole("region", { name: "Needs you" }));
}

test("nothing to do is said", async () => {
  openPage("/");
  expect(await (await needsYou()).findByText(/Nothing/)).toBeVisible();
});

test("accounts that cannot be read are no good news: the card says so, and tries again", async () => {
  let asked = 0;
  accounts = () => {
    asked += 1;
    return HttpResponse.json(
      { code: "database_unavailable", title: "x", status: 503, detail: "The database does not answer." },
      { status: 503, headers: { "Content-Type": "application/problem+json" } },
    );
  };
  openPage("/");
  const card = await needsYou();
  const again = await card.findByRole("button", { name: "Try again" });
  expect(card.queryByText(/Nothing/)).toBeNull();
  expect(asked).toBeLessThan(6);
  accounts = () => HttpResponse.json(none);
  await userEvent.click(again);
  expect(await card.findByText(/Nothing/)).toBeVisible();
});
