import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import type { CheckFinding, Connection, Platform } from "@/api/model";
import { speak } from "@/i18n";
import { show } from "@/test/render";
import { fakeServer } from "@/test/server";
import { Doctor } from "./Doctor";

const connection = { id: "c1", name: "Ann" } as Connection;
const platform = { id: "facebook", name: "Facebook", documentation_url: "https://docs.example/" } as Platform;

const finding = (code: string, state: string, change: Partial<CheckFinding> = {}): CheckFinding => ({
  code,
  title: code,
  state,
  detail: `About ${code}.`,
  repair: null,
  channel_id: null,
  ...change,
});

let findings: CheckFinding[] = [];
let calls: string[] = [];
beforeEach(() => {
  findings = [];
  calls = [];
});

const look = () => ({
  id: "k1",
  started_at: "2026-11-20T12:00:00Z",
  finished_at: "2026-11-20T12:00:01Z",
  state: "failed",
  checks: findings,
});

fakeServer(
  http.get("*/api/connections/c1/checks", () => HttpResponse.json({ items: [look()], next_cursor: null })),
  http.post("*/api/connections/c1/:what", ({ params }) => {
    calls.push(String(params.what));
    if (params.what === "refresh") {
      findings = findings.map((each) => ({ ...each, state: "ok", repair: null }));
      return HttpResponse.json(connection);
    }
    return HttpResponse.json(look());
  }),
  http.patch("*/api/channels/:id", async ({ params, request }) => {
    calls.push(`${params.id} ${JSON.stringify(await request.json())}`);
    return HttpResponse.json({ id: params.id, name: "The bakery" });
  }),
);

const onReconnect = vi.fn();
const doctor = () => show(<Doctor connection={connection} platform={platform} onReconnect={onReconnect} />);
const row = (text: string) => screen.findByText(text).then((found) => found.closest("li") as HTMLElement);

test("what is wrong is said in words, and one press renews and looks again", async () => {
  findings = [
    finding("access", "failed", { repair: "refresh" }),
    finding("credentials", "ok"),
    finding("something_newer", "warning", { title: "The moon is full" }),
  ];
  await doctor();
  expect(await screen.findByText(/2 things need attention/)).toBeVisible();
  expect(screen.getByText("The moon is full")).toBeVisible();
  const access = await row("Facebook accepts the access");
  expect(access).toHaveTextContent("Broken");
  await userEvent.click(within(access).getByRole("button", { name: "Renew access" }));
  expect(await screen.findByText(/1 thing needs attention|Everything was fine/)).toBeVisible();
  expect(calls).toEqual(["refresh", "check"]);
});

test("a channel that is off is switched on where it is told", async () => {
  findings = [
    finding("channel", "warning", { title: "The bakery", repair: "enable_channel", channel_id: "b1" }),
  ];
  await doctor();
  await userEvent.click(await screen.findByRole("button", { name: "Switch on The bakery" }));
  await vi.waitFor(() => expect(calls).toEqual([`b1 {"enabled":true,"paused":false}`, "check"]));
});

test("what only a person can mend leads to consent or to the documentation", async () => {
  findings = [
    finding("permissions", "failed", { repair: "reconnect" }),
    finding("public_address", "warning", { repair: "documentation" }),
  ];
  await doctor();
  await userEvent.click(await screen.findByRole("button", { name: "Reconnect" }));
  expect(onReconnect).toHaveBeenCalledTimes(1);
  expect(screen.getByRole("link", { name: "Documentation" })).toHaveAttribute(
    "href",
    "https://docs.example/",
  );
});

test("in Spanish, findings and their dates are Spanish, and a channel keeps its name", async () => {
  await speak("es");
  try {
    findings = [
      finding("expiry", "warning", {
        detail: "It ends on 5 December 2026, and renewing it failed last time.",
      }),
      finding("channel", "ok", {
        title: "Post",
        channel_id: "b1",
        detail: "It can be reached and is still ours.",
      }),
    ];
    await doctor();
    expect(
      await screen.findByText("Caduca el 5 de diciembre de 2026, y la última renovación no funcionó."),
    ).toBeVisible();
    expect(screen.getByText("Se puede acceder a él y sigue siendo nuestro.")).toBeVisible();
    expect(screen.getByText("Post")).toBeVisible();
  } finally {
    await speak("en");
  }
});
