import type { Page } from "@playwright/test";
import { call } from "./planned";
import type { Program } from "./program";
import { expect } from "./test";

interface Channel {
  id: string;
  name: string;
  platform: string;
  remote_id: string;
  connection_id: string;
  enabled: boolean;
}

/** The platform's channel that is in use. */
export async function channelOf(page: Page, platform: string): Promise<Channel> {
  const { items } = await call<{ items: Channel[] }>(page, "GET", "/api/channels");
  const found = items.find((channel) => channel.platform === platform && channel.enabled);
  if (!found) throw new Error(`no channel on ${platform}`);
  return found;
}

/** Publishes on Facebook and answers where the post is to be seen, once it is out. */
export async function publishedOnFacebook(
  page: Page,
  text: string,
): Promise<{ id: string; permalink: string }> {
  const { id: channel } = await channelOf(page, "facebook");
  const { id } = await call<{ id: string }>(page, "POST", "/api/posts", {
    text,
    channel_ids: [channel],
    schedule: { kind: "now", time_zone: "Europe/Madrid" },
  });
  let permalink = "";
  await expect
    .poll(
      async () => {
        const post = await call<{ deliveries: { permalink: string | null }[] }>(
          page,
          "GET",
          `/api/posts/${id}`,
        );
        permalink = post.deliveries[0]?.permalink ?? "";
        return permalink;
      },
      { timeout: 60_000 },
    )
    .not.toBe("");
  return { id, permalink };
}

/** Somebody does something at a pretend platform. */
export async function act(program: Program, what: Record<string, string>): Promise<void> {
  await post(program, "acts", what);
}

/** The platform forgets, or learns, what it is to tell of an account: all of it, or nothing. */
export async function subscribe(program: Program, account: string, fields: "all" | ""): Promise<void> {
  await post(program, "subscriptions", { account, fields });
}

async function post(program: Program, switches: string, content: object): Promise<void> {
  const answer = await fetch(`${program.sandbox}/admin/${switches}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(content),
  });
  if (!answer.ok) throw new Error(`the sandbox refused: ${await answer.text()}`);
}
