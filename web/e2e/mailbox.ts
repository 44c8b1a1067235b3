import type { Page } from "@playwright/test";
import type { Program } from "./program";
import { expect } from "./test";

interface Listed {
  id: string;
  to: string;
}

/** The newest message to somebody in the sandbox's mailbox, once it is there; the page belongs to an administrator. */
async function newestTo(page: Page, program: Program, to: string, saying: RegExp): Promise<string> {
  let text = "";
  await expect
    .poll(
      async () => {
        const listed = await page.request.get(`${program.url}/api/admin/mail/messages?limit=50`);
        const { items } = (await listed.json()) as { items: Listed[] };
        for (const { id } of items.filter((message) => message.to.includes(to))) {
          const read = await page.request.get(`${program.url}/api/admin/mail/messages/${id}`);
          const message = (await read.json()) as { text: string | null };
          if (message.text && saying.test(message.text)) {
            text = message.text;
            return true;
          }
        }
        return false;
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  return text;
}

/** The address in the newest message to somebody that leads to a page, as an address of this program. */
export async function mailedLink(page: Page, program: Program, to: string, path: string): Promise<string> {
  const link = new RegExp(`https?://[^\\s]+?(${path.replace(/[?]/g, "\\?")}[^\\s>"]*)`);
  const text = await newestTo(page, program, to, link);
  return program.url + (link.exec(text)?.[1] ?? "");
}
