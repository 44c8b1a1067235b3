import { accessible, fits } from "./accessible";
import { connectFacebookAndInstagram, register } from "./person";
import { madrid, wednesday } from "./planned";
import { expect, test } from "./test";

test("slots are set up by mouse, and a post goes to the next free one", async ({ page, program }) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await page.goto(`${program.url}/queue`);
  const card = page.getByRole("region", { name: "Harbour Bakery" }).first();
  await card.getByRole("link", { name: /^Queue slots of/ }).click();
  await page.getByRole("button", { name: "Monday to Friday at 9:00" }).click();
  await page.getByRole("button", { name: "Friday at 09:00" }).click();
  await accessible(page);
  await page.getByRole("button", { name: "Save queue" }).click();
  await expect(card.getByText("4 slots a week")).toBeVisible();
  await accessible(page);

  await card.getByRole("link", { name: "Free slot" }).first().click();
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("From the queue");
  await page.getByRole("button", { name: "Harbour Bakery", exact: true }).click();
  await page.getByRole("button", { name: /^Slots:/ }).click();
  await expect(page.getByRole("heading", { name: "Next free slots" })).toBeVisible();
  await accessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Add to the queue for/ }).click();
  await expect(page.getByRole("dialog", { name: "From the queue" })).toBeVisible();
  await page.goto(`${program.url}/queue`);
  await expect(page.getByRole("link", { name: "From the queue" })).toBeVisible();
});

test("a queue is filled by keyboard alone, under an address of its own", async ({ page, program }) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await page.goto(`${program.url}/queue`);
  await page
    .getByRole("link", { name: /^Queue slots of/ })
    .first()
    .focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  const address = page.url();
  await page.getByLabel("Time to add").focus();
  await page.getByLabel("Time to add").fill("07:30");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Saturday at 07:30" }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Save queue" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("6 slots a week")).toBeVisible();
  await page.goto(address);
  await expect(page.getByRole("button", { name: "Saturday at 07:30", pressed: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a post repeats by a rule in plain words, and stops", async ({ page, program }) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await page.goto(`${program.url}/compose`);
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("Every week anew");
  await page.getByRole("button", { name: "Harbour Bakery", exact: true }).click();
  await page.getByText("At a time").click();
  await page.getByRole("button", { name: "Repeat: Does not repeat" }).click();
  await page.getByRole("combobox", { name: "Repeat" }).selectOption({ label: "By the week" });
  await expect(page.getByRole("region", { name: "Next times" }).getByRole("listitem")).toHaveCount(10);
  await accessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Repeat from/ }).click();
  const panel = page.getByRole("dialog", { name: "Every week anew" });
  await expect(panel.getByText(/^Every \w+day at/)).toBeVisible();
  await panel.getByRole("button", { name: "Stop repeating" }).click();
  const stop = page.getByRole("dialog", { name: "Stop repeating?" });
  await expect(stop).toBeVisible();
  await accessible(page);
  await stop.getByRole("button", { name: "Stop repeating" }).click();
  await expect(panel.getByText("The series has ended")).toBeVisible();
  await expect(panel.getByText("Scheduled").first()).toBeVisible();
});

test("a time that did well is set with one press, and while there are no figures the composer says so", async ({
  page,
  program,
}) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await page.goto(`${program.url}/compose`);
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("When they are awake");
  await page.getByRole("button", { name: "Harbour Bakery", exact: true }).click();
  await page.getByText("At a time").click();
  await page.getByRole("button", { name: /^Change the time/ }).click();
  await expect(page.getByText(/^After 10 more posts that people react to/)).toBeVisible();
  await accessible(page);

  // Months of posts are more than a test lives through.
  const at = madrid(wednesday(), "18:00");
  const time = { weekday: "wednesday", time: "18:00", at, times_average: 1.6, posts: 7 };
  const later = { ...time, at: madrid(wednesday(), "12:00"), time: "12:00", times_average: 1.2 };
  await page.route("**/api/best-times?*", (route) =>
    route.fulfill({ json: { times: [time, later], posts: 31, posts_missing: 0 } }),
  );
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "harbour.bakery", exact: true }).click();
  await page.getByRole("button", { name: /^Change the time/ }).click();
  const best = page.getByRole("button", { name: /^Wed .*, 18:00 1\.6 times your average, from 7 posts$/ });
  await best.click();
  await expect(best).toHaveAttribute("aria-pressed", "true");
  await accessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: /^Change the time: Wed .*18:00/ })).toBeFocused();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole("button", { name: /^Change the time/ }).click();
  await expect(best).toBeVisible();
  await fits(page, "best times at 360");
});
