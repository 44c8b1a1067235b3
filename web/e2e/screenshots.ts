import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { enter, ids, open, postIn, url } from "./demonstration";

const folder = process.env.FANFARE_PICTURES ?? "../target/screenshots";

const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 360, height: 740 } };
const SCHEMES = ["light", "dark"] as const;

interface View {
  name: string;
  path: string;
  /** What is done before the picture is taken. */
  prepare?: (page: Page) => Promise<void>;
}

/** Every page as it is in all four looks. */
async function take(page: Page, { name, path, prepare }: View): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await open(page, url + path);
      await prepare?.(page);
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) });
    }
  }
}

/** Opens a dialog by its key. */
async function dialogBy(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await expect(page.getByRole("dialog")).toBeVisible();
}

test("every page in all its looks", async ({ page }) => {
  for (const view of [
    { name: "log-in", path: "/login" },
    { name: "register", path: "/register" },
    { name: "privacy", path: "/privacy" },
  ])
    await take(page, view);

  await enter(page);
  const [connection] = await ids(page, "/api/connections");
  const [media] = await ids(page, "/api/media");
  const [channel] = await ids(page, "/api/channels");
  const views: View[] = [
    { name: "home", path: "/" },
    { name: "calendar", path: "/calendar" },
    { name: "calendar-week", path: "/calendar?view=week" },
    { name: "calendar-month", path: "/calendar?view=month" },
    { name: "calendar-list", path: "/calendar?view=list" },
    { name: "posts", path: "/posts" },
    { name: "post-partly-published", path: `/posts/${await postIn(page, "partly_published")}` },
    { name: "post-needs-attention", path: `/posts/${await postIn(page, "needs_attention")}` },
    { name: "post-published", path: `/posts/${await postIn(page, "published")}` },
    { name: "compose", path: `/compose/${await postIn(page, "scheduled")}` },
    { name: "compose-draft", path: `/compose/${await postIn(page, "draft")}` },
    { name: "compose-new", path: "/compose" },
    { name: "queue", path: "/queue" },
    { name: "library", path: "/library" },
    { name: "library-item", path: `/library/${media}` },
    { name: "connections", path: "/connections" },
    { name: "connection", path: `/connections/${connection}` },
    { name: "channel-queue", path: `/connections/queue/${channel}` },
    { name: "channel-groups", path: "/connections/groups" },
    { name: "webhooks", path: "/webhooks" },
    { name: "outgoing-webhooks", path: "/webhooks/outgoing" },
    { name: "notifications", path: "/notifications" },
    { name: "settings", path: "/settings" },
    { name: "api-keys", path: "/settings/api-keys" },
    ...["account", "audit", "data", "members", "pages", "security", "workspace"].map((part) => ({
      name: `settings-${part}`,
      path: `/settings/${part}`,
    })),
    { name: "admin-users", path: "/admin/users" },
    { name: "admin-mail", path: "/admin/mail" },
    { name: "admin-audit", path: "/admin/audit" },
    { name: "api-description", path: "/docs" },
    { name: "set-up", path: "/setup?step=connect" },
    {
      name: "palette",
      path: "/",
      prepare: (view) => dialogBy(view, "ControlOrMeta+k"),
    },
    { name: "shortcuts", path: "/", prepare: (view) => dialogBy(view, "?") },
    { name: "compose-quickly", path: "/", prepare: (view) => dialogBy(view, "c") },
    { name: "nowhere", path: "/nowhere" },
  ];
  for (const view of views) await take(page, view);
});
