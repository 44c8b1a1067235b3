export const LANGUAGES = ["javascript", "python"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Names of their own, the same in every language of people. */
export const NAMES: Record<Language, string> = { javascript: "JavaScript", python: "Python" };

const javascript = `import { createHmac, timingSafeEqual } from "node:crypto";

const key = Buffer.from(process.env.FANFARE_WEBHOOK_SECRET.slice("whsec_".length), "base64");

// body is the text as it arrived, before anything reads it as JSON.
export function isFromFanfare(headers, body) {
  const at = headers["webhook-timestamp"];
  if (!(Math.abs(Date.now() / 1000 - Number(at)) < 300)) return false;
  const signed = \`\${headers["webhook-id"]}.\${at}.\${body}\`;
  const ours = createHmac("sha256", key).update(signed).digest();
  return headers["webhook-signature"].split(" ").some((each) => {
    const theirs = Buffer.from(each.replace("v1,", ""), "base64");
    return theirs.length === ours.length && timingSafeEqual(theirs, ours);
  });
}`;

const python = `import base64, hashlib, hmac, os, time

key = base64.b64decode(os.environ["FANFARE_WEBHOOK_SECRET"].removeprefix("whsec_"))

# body is the bytes as they arrived, before anything reads them as JSON.
def is_from_fanfare(headers, body):
    at = headers["webhook-timestamp"]
    if abs(time.time() - int(at)) > 300:
        return False
    signed = f"{headers['webhook-id']}.{at}.".encode() + body
    ours = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    theirs = headers["webhook-signature"].split()
    return any(hmac.compare_digest(each, f"v1,{ours}") for each in theirs)`;

/** How a program sees that a message is Fanfare's and nobody changed it, as Standard Webhooks says. */
export const SNIPPETS: Record<Language, string> = { javascript, python };
