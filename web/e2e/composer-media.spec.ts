import type { Page } from "@playwright/test";
import { accessible } from "./accessible";
import { compose, tray } from "./composing";
import { connectFacebookAndInstagram, picture, register } from "./person";
import { expect, test } from "./test";

/** Lets a picture arrive at the window as a browser would. */
async function arrive(page: Page, kind: "paste" | "drop", name: string): Promise<void> {
  const { buffer } = await picture(page);
  await page.evaluate(
    ([kind, name, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], name, { type: "image/jpeg" }));
      if (kind === "paste") {
        window.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        return;
      }
      const fire = (type: string) =>
        document.body.dispatchEvent(
          new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }),
        );
      for (const type of ["dragenter", "dragover"]) fire(type);
      return new Promise<void>((done) =>
        setTimeout(() => {
          const screen = document.elementFromPoint(innerWidth / 2, innerHeight / 2) ?? document.body;
          screen.dispatchEvent(
            new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }),
          );
          done();
        }, 300),
      );
    },
    [kind, name, buffer.toString("base64")] as const,
  );
}

test("pictures are put in order by keyboard, and each platform shows them its way", async ({
  page,
  program,
}) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await compose(page, program, "Two loaves #bread");
  await page.getByRole("button", { name: "Harbour Bakery", exact: true }).click();
  await page.getByRole("button", { name: "harbour.bakery", exact: true }).click();
  for (const name of ["first.jpg", "second.jpg"]) {
    await tray(page)
      .locator('input[type="file"]')
      .setInputFiles(await picture(page, name));
    await expect(tray(page).getByRole("button", { name: new RegExp(name) })).toBeVisible();
  }
  await tray(page).getByRole("button", { name: "Item 1: first.jpg" }).focus();
  await page.keyboard.press("Space");
  // Lifted is told first, and at once after it where the item is.
  await expect(page.getByText(/Item 1 is (lifted|at place 1)\./)).toBeAttached();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("Item 1 is at place 2.")).toBeAttached();
  await page.keyboard.press("Space");
  await expect(tray(page).getByRole("button", { name: "Item 1: second.jpg" })).toBeVisible();

  const preview = page.getByRole("complementary", { name: "Preview" });
  await preview.getByRole("button", { name: "Instagram" }).click();
  await expect(preview.getByText("1 / 2")).toBeVisible();
  await preview.getByRole("button", { name: "Next picture" }).click();
  await expect(preview.getByText("2 / 2")).toBeVisible();
  await preview.getByRole("button", { name: "Facebook" }).click();
  await expect(preview.getByText("Share")).toBeVisible();
  await accessible(page);
});

test("pictures are dropped and pasted, described, cropped, taken off and had back", async ({
  page,
  program,
}) => {
  await register(page, program);
  await compose(page, program, "Two loaves");
  await arrive(page, "paste", "pasted.jpg");
  await expect(tray(page).getByRole("button", { name: "Item 1: pasted.jpg" })).toBeVisible();
  await arrive(page, "drop", "dropped.jpg");
  await expect(tray(page).getByRole("button", { name: "Item 2: dropped.jpg" })).toBeVisible();

  await tray(page).getByRole("button", { name: "Alternative text for item 1" }).click();
  await accessible(page);
  await page.getByLabel("Alternative text of item 1").fill("A loaf on a board");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await tray(page).getByRole("button", { name: "Crop item 1" }).click();
  const crop = page.getByRole("dialog", { name: /^Crop/ });
  await crop.getByLabel("Width").fill("600");
  await crop.getByLabel("Width").press("Enter");
  await accessible(page);
  await crop.getByRole("button", { name: /^Crop to 600/ }).click();
  await expect(page.getByText("Cropped for this post")).toBeVisible();
  await tray(page).getByRole("button", { name: "Alternative text for item 1" }).click();
  await expect(page.getByLabel("Alternative text of item 1")).toHaveValue("A loaf on a board");
  await page.keyboard.press("Escape");

  await tray(page).getByRole("button", { name: "Remove item 1" }).click();
  await expect(tray(page).getByRole("button", { name: "Item 1: dropped.jpg" })).toBeVisible();
  await page
    .getByRole("status")
    .filter({ hasText: "is taken off" })
    .getByRole("button", { name: "Undo" })
    .click();
  await expect(tray(page).getByRole("button", { name: "Item 2: dropped.jpg" })).toBeVisible();

  await tray(page).getByRole("button", { name: "From library" }).click();
  await expect(page.getByRole("dialog", { name: "Choose from the library" })).toBeVisible();
  await accessible(page);
  await page.keyboard.press("Escape");
});

test("what a platform does not take is cropped or converted where it is told", async ({ page, program }) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await compose(page, program, "A tall picture #bread");
  await page.getByRole("button", { name: "harbour.bakery", exact: true }).click();
  // Instagram takes JPEG between 4:5 and 1.91:1.
  const tall = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 600;
    canvas.height = 1600;
    canvas.getContext("2d")?.fillRect(100, 100, 300, 900);
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  });
  await tray(page)
    .locator('input[type="file"]')
    .setInputFiles({
      name: "tall.png",
      mimeType: "image/png",
      buffer: Buffer.from(tall, "base64"),
    });
  await expect(tray(page).getByRole("button", { name: "Item 1: tall.png" })).toBeVisible();
  const convert = page.getByRole("button", { name: "Convert for harbour.bakery" });
  await convert.click();
  await expect(page.getByText("Converted for this post")).toBeVisible();
  await expect(convert).toBeHidden();
  await page.getByRole("button", { name: "Crop for harbour.bakery" }).click();
  const dialog = page.getByRole("dialog", { name: /^Crop/ });
  await accessible(page);
  await dialog.getByRole("button", { name: /^Crop to/ }).click();
  await expect(page.getByText("Cropped for this post")).toBeVisible();
  await expect(page.getByRole("button", { name: "Crop for harbour.bakery" })).toBeHidden();
  await expect(convert).toBeHidden();
});

test("leaving while a picture is on its way is asked about first", async ({ page, program }) => {
  await register(page, program);
  await compose(page, program, "With a picture");
  await page.route(
    (url) => url.pathname === "/api/media",
    (route) => (route.request().method() === "POST" ? undefined : route.continue()),
  );
  await tray(page)
    .locator('input[type="file"]')
    .setInputFiles(await picture(page));
  await expect(page.getByText("loaf.jpg")).toBeVisible();
  const posts = page.getByRole("link", { name: "Posts", exact: true });
  await posts.click();
  const asked = page.getByRole("dialog", { name: "A file is still on its way" });
  await asked.getByRole("button", { name: "Stay" }).click();
  await expect(page).toHaveURL(/\/compose/);
  await posts.click();
  await asked.getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL(/\/posts/);
});
