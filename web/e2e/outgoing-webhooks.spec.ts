import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import { accessible, fits } from "./accessible";
import { connectFacebookAndInstagram, register } from "./person";
import { call } from "./planned";
import type { Program } from "./program";
import { type Arrival, type Sink, startSink } from "./sink";
import { test as base, expect } from "./test";

const test = base.extend<{ sink: Sink }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see what a fixture needs
  sink: async ({}, use) => {
    const sink = await startSink();
    await use(sink);
    await sink.stop();
  },
});

/** Registers at a program that may call this machine. */
async function begin(page: Page, program: Program): Promise<void> {
  await program.halt();
  await program.start({ FANFARE_EGRESS_ALLOW: "127.0.0.0/8" });
  await register(page, program);
}

/** Makes an endpoint that is told everything, and answers with its secret and with the example of how to verify. */
async function make(page: Page, program: Program, sink: Sink): Promise<{ secret: string; snippet: string }> {
  await page.goto(`${program.url}/webhooks/outgoing`);
  await expect(page.getByText("No program is told anything yet")).toBeVisible();
  await accessible(page);
  await page.getByRole("button", { name: "New endpoint" }).first().click();
  const form = page.getByRole("dialog", { name: "New endpoint" });
  await form.getByRole("textbox", { name: "Address" }).fill(sink.url);
  await expect(form.getByText("This address is not encrypted")).toBeVisible();
  await form.getByRole("textbox", { name: "Description (optional)" }).fill("Till");
  await form.getByRole("checkbox", { name: "Everything" }).uncheck();
  await expect(form.getByRole("checkbox", { name: "A post is out", exact: true })).toBeVisible();
  await accessible(page);
  await form.getByRole("checkbox", { name: "Everything" }).check();
  await form.getByRole("button", { name: "Add a header" }).click();
  await form.getByRole("textbox", { name: "Name 1" }).fill("X-Till");
  await form.getByRole("textbox", { name: "Value 1" }).fill("seven");
  await form.getByRole("button", { name: "Make the endpoint" }).click();
  const once = page.getByRole("dialog", { name: "Copy the secret now" });
  const secret = await once.getByText(/^whsec_\S+$/).innerText();
  const snippet = await once.locator("pre").innerText();
  await accessible(page);
  await once.getByRole("button", { name: "I have copied it" }).click();
  await expect(once).toBeHidden();
  return { secret, snippet };
}

/** What the page's own example says of a message. */
async function verified(snippet: string, secret: string, { headers, body }: Arrival): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), "fanfare-snippet-"));
  const file = join(folder, "verify.mjs");
  await writeFile(file, snippet);
  process.env.FANFARE_WEBHOOK_SECRET = secret;
  try {
    const { isFromFanfare } = await import(pathToFileURL(file).href);
    return isFromFanfare(headers, body) as boolean;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("a program is told what happened, can check that it was Fanfare, and is seen to fail", async ({
  page,
  program,
  sink,
}) => {
  test.setTimeout(240_000);
  await begin(page, program);
  await connectFacebookAndInstagram(page, program);
  const { secret, snippet } = await make(page, program, sink);

  await page.getByRole("link", { name: "Till" }).click();
  await expect(page.getByText("Nothing was sent yet")).toBeVisible();
  await page.getByRole("button", { name: "Send a test" }).click();
  const trying = page.getByRole("dialog", { name: "Test Till" });
  await trying.getByRole("button", { name: "Send now" }).click();
  await expect(trying.getByText(/^Answered 200 after/)).toBeVisible();
  await expect(trying.getByText(/"taken": true/)).toBeVisible();
  await accessible(page);
  await trying.getByRole("button", { name: "Close" }).last().click();
  const [first] = sink.arrivals;
  if (!first) throw new Error("nothing arrived");
  expect(first.headers["x-till"]).toBe("seven");
  expect(JSON.parse(first.body)).toMatchObject({ type: "webhook.test" });
  expect(await verified(snippet, secret, first)).toBe(true);
  expect(await verified(snippet, secret, { ...first, body: `${first.body} ` })).toBe(false);

  const { items } = await call<{ items: { id: string; platform: string; enabled: boolean }[] }>(
    page,
    "GET",
    "/api/channels",
  );
  const channel = items.find(({ platform, enabled }) => platform === "facebook" && enabled);
  await call(page, "POST", "/api/posts", {
    text: "It is out",
    channel_ids: [channel?.id],
    schedule: { kind: "now", time_zone: "Europe/Madrid" },
  });
  const log = page.getByRole("list", { name: "Attempts" });
  const told = log.getByRole("listitem").filter({ hasText: "A post is out" }).first();
  await expect(told).toContainText("Arrived", { timeout: 60_000 });
  await accessible(page);

  sink.answer.status = 500;
  sink.answer.body = "The till is shut";
  await page.getByRole("button", { name: "Send a test" }).click();
  await trying.getByRole("button", { name: "Send now" }).click();
  await expect(trying.getByText(/^Answered 500 after/)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByLabel("Outcome").selectOption("failed");
  await expect(page).toHaveURL(/outcome=failed/);
  await expect(log.getByRole("listitem").first()).toContainText("Failed");
  await log.getByRole("link", { name: "A test" }).first().click();
  const panel = page.getByRole("dialog", { name: "A test" });
  await expect(panel.getByText("The till is shut")).toBeVisible();
  await expect(panel.getByText(/x-till: •••/i)).toBeVisible();
  await accessible(page);
  await page.reload();
  await expect(panel.getByText("The till is shut")).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await accessible(page);

  sink.answer.status = 200;
  const before = sink.arrivals.length;
  await panel.getByRole("button", { name: "Send it again" }).click();
  await expect.poll(() => sink.arrivals.length, { timeout: 30_000 }).toBeGreaterThan(before);
  expect(sink.arrivals.at(-1)?.headers["webhook-id"]).toBe(sink.arrivals[before - 1]?.headers["webhook-id"]);
  await panel.getByRole("button", { name: "Close" }).click();
  await fits(page);
  await accessible(page);
});

test("the secret is rotated with an overlap, the endpoint turned off and on, and deleted", async ({
  page,
  program,
  sink,
}) => {
  await begin(page, program);
  const { secret, snippet } = await make(page, program, sink);
  await page.getByRole("link", { name: "Till" }).click();

  await page.getByRole("button", { name: "Rotate the secret" }).click();
  const rotate = page.getByRole("dialog", { name: "Rotate the secret of Till?" });
  await accessible(page);
  await rotate.getByRole("button", { name: "Rotate the secret" }).click();
  const once = page.getByRole("dialog", { name: "Copy the secret now" });
  const next = await once.getByText(/^whsec_\S+$/).innerText();
  expect(next).not.toBe(secret);
  await once.getByRole("button", { name: "I have copied it" }).click();
  await expect(page.getByText(/^signs as well until/)).toBeVisible();
  await page.getByRole("button", { name: "Send a test" }).click();
  const trying = page.getByRole("dialog", { name: "Test Till" });
  await trying.getByRole("button", { name: "Send now" }).click();
  await expect(trying.getByText(/^Answered 200 after/)).toBeVisible();
  await page.keyboard.press("Escape");
  const arrival = sink.arrivals.at(-1);
  if (!arrival) throw new Error("nothing arrived");
  expect(await verified(snippet, next, arrival)).toBe(true);

  await page.getByRole("button", { name: "Send again" }).click();
  const again = page.getByRole("dialog", { name: "Send again to Till" });
  await expect(again.getByText(/would be sent again|nothing to send again/)).toBeVisible();
  await accessible(page);
  await again.getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("button", { name: "Turn off" }).click();
  await expect(page.getByText(/^It was turned off on/)).toBeVisible();
  await accessible(page);
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByText(/^It was turned off on/)).toBeHidden();

  await page.getByRole("button", { name: "Delete" }).click();
  const sure = page.getByRole("dialog", { name: "Delete Till?" });
  await expect(sure.getByText(/log of its attempts are gone for good/)).toBeVisible();
  await sure.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No program is told anything yet")).toBeVisible();
});
