import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LANGUAGES, type Language, SNIPPETS } from "./verify-snippets";

const KEY = Buffer.from("the key of this test");
const BODY = '{"type":"post.published"}';

/** Headers as Standard Webhooks asks for them, signed so many seconds ago; during a rotation there are two signatures. */
function signed(body: string, secondsAgo = 0): Record<string, string> {
  const at = String(Math.floor(Date.now() / 1000) - secondsAgo);
  const signature = createHmac("sha256", KEY).update(`msg_1.${at}.${body}`).digest("base64");
  return {
    "webhook-id": "msg_1",
    "webhook-timestamp": at,
    "webhook-signature": `v1,${Buffer.from("another").toString("base64")} v1,${signature}`,
  };
}

const AROUND: Record<
  Language,
  { file: string; program: string; ask: (headers: string, body: string) => string }
> = {
  javascript: {
    file: "verify.mjs",
    program: process.execPath,
    ask: (headers, body) => `console.log(isFromFanfare(${headers}, ${body}))`,
  },
  python: {
    file: "verify.py",
    program: "python3",
    ask: (headers, body) => `print(is_from_fanfare(${headers}, ${body}.encode()))`,
  },
};

/** What the snippet says of a message, run as the program it is. */
function says(language: Language, headers: Record<string, string>, body: string): boolean {
  const { file, program, ask } = AROUND[language];
  const path = join(mkdtempSync(join(tmpdir(), "fanfare-snippet-")), file);
  writeFileSync(path, `${SNIPPETS[language]}\n\n${ask(JSON.stringify(headers), JSON.stringify(body))}\n`);
  const env = { ...process.env, FANFARE_WEBHOOK_SECRET: `whsec_${KEY.toString("base64")}` };
  return execFileSync(program, [path], { env, encoding: "utf8" }).trim().toLowerCase() === "true";
}

test.each(LANGUAGES)("the example in %s takes what Fanfare signed and nothing else", (language) => {
  expect(says(language, signed(BODY), BODY)).toBe(true);
  expect(says(language, signed(BODY), BODY.replace("published", "deleted"))).toBe(false);
  expect(says(language, signed(BODY, 3600), BODY)).toBe(false);
});
