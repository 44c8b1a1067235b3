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
