import type { Page } from "@playwright/test";

interface Planned {
  id: string;
  revision: number;
}

/** Calls the API as the page itself does. */
export function call<T>(page: Page, method: string, path: string, content?: unknown): Promise<T> {
  return page.evaluate(
    async ([verb, address, json]) => {
      const answer = await fetch(address as string, {
        method: verb as string,
        ...(json ? { body: json as string, headers: { "Content-Type": "application/json" } } : {}),
      });
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json();
    },
    [method, path, content === undefined ? "" : JSON.stringify(content)],
  ) as Promise<T>;
}

/** Plans a post on the platform's channel that is in use, for an instant. */
export async function plan(
  page: Page,
  text: string,
  at: string,
  platform = "facebook",
  options: Record<string, unknown> = {},
): Promise<Planned> {
  const { items } = await call<{ items: { id: string; platform: string; enabled: boolean }[] }>(
    page,
    "GET",
    "/api/channels",
  );
  const channel = items.find((each) => each.platform === platform && each.enabled);
  return call(page, "POST", "/api/posts", {
    text,
    channel_ids: [channel?.id],
    variants: { [channel?.id ?? ""]: { options } },
    schedule: { kind: "at", at, time_zone: "Europe/Madrid" },
  });
}

/** From here on the page is not told what others change. Before it is opened. */
export const deafen = (page: Page): Promise<void> => page.routeWebSocket(/\/api\/live/, () => undefined);

/** The Wednesday after next, so that its week lies ahead whatever day it is. */
export function wednesday(): string {
  const day = new Date(Date.now() + 7 * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((3 - day.getUTCDay() + 7) % 7));
  return day.toISOString().slice(0, 10);
}

/** When clocks in Madrid, where these browsers are, show that time. */
export function madrid(day: string, time: string): string {
  const asUtc = new Date(`${day}T${time}:00Z`);
  const shown = new Date(
    `${asUtc.toLocaleString("sv-SE", { timeZone: "Europe/Madrid" }).replace(" ", "T")}Z`,
  );
  return new Date(asUtc.getTime() - (shown.getTime() - asUtc.getTime())).toISOString();
}
