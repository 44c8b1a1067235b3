import { defineConfig } from "@playwright/test";

/** Browser tests against the built program; each test file starts one of its own. */
export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  // A busy machine types and paints late: what passes the second time is reported as flaky, and is to be mended.
  retries: process.env.CI ? 2 : 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    actionTimeout: 15_000,
    viewport: { width: 1440, height: 900 },
    timezoneId: "Europe/Madrid",
    locale: "en-GB",
    screenshot: "only-on-failure",
    // A trace costs each step a copy of the page, so what passes leaves none where nobody would look at it.
    trace: process.env.CI ? "on-first-retry" : "retain-on-failure",
    launchOptions: {
      executablePath: process.env.FANFARE_CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-dev-shm-usage"],
    },
  },
});
