import { afterAll, beforeAll, expect, test } from "vitest";
import { blanked, type RustText, rustTexts, textsOf } from "@/test/rust-texts";
import { speak } from ".";
import { server as spanish } from "./es/server";
import { inOurWords } from "./server-words";

beforeAll(() => speak("es"));
afterAll(() => speak("en"));

/** Whatever these say may reach a person. */
const CRATES = ["app", "api", "domain", "platform-kit", "platforms"];

const NOT_FOR_PEOPLE = [
  // Codes have words of their own in the interface.
  "domain/src/error_code.rs",
  // Read by programs, and by those who write them.
  "api/src/description.rs",
  "api/src/health.rs",
  // Said to programs that call with a key.
  "api/src/api_key.rs",
  "app/src/api_keys/admit.rs",
  // The shape of requests, which the interface keeps.
  "api/src/input.rs",
  "api/src/routes/media.rs",
  "api/src/session_cookie.rs",
  // What whoever runs the installation is told at its start.
  "app/src/vault.rs",
  // Mail is written in each language, and its examples name people.
  "app/src/mail/words.rs",
  "app/src/mail/words/security.rs",
  "app/src/notifications/words.rs",
  "app/src/mail/template.rs",
  "app/src/connections/alert.rs",
  "app/src/accounts/alerts.rs",
  // Pages that are written in each language.
  "api/src/routes/unsubscribe.rs",
  "app/src/telling/notice.rs",
  "api/src/routes/hooks/deletion.rs",
  // What the description of the API says of messages; the interface has words of its own for them.
  "api/src/description/webhooks.rs",
  "app/src/telling/catalogue.rs",
  // Answers made up for tests.
  "app/src/telling/guide.rs",
  "platforms/src/meta_graph/scripted.rs",
  "platforms/src/meta_graph/refusal_table.rs",
];

const SAID_AS_IT_IS = [
  // Names, also of people who stand for others in examples.
  "Ada Moreno",
  "Grace Okafor",
  "Harbour Coffee",
  "Harbour Coffee Roasters",
  "The platform no longer accepts its access.",
  "Firefox, Windows",
  // What is sent to try out whether it arrives.
  "This is a test.",
  "26 November 2026, 09:30 UTC",
  "Facebook",
  "Instagram",
  // Part of pages that are written in each language.
  "the person who gave you the address of this installation",
  "la persona que te dio la dirección de esta instalación",
];

const LINES_OF_THE_LOG = /^HTTP \{\}, /;

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const AMOUNTS = ["character", "byte", "picture", "video", "file"];
const counted = (one: string) => (one === "byte" ? ["1 byte"] : [`1 ${one}`, `{} ${one}s`]);
const withAReason = (sentence: string) => [`${sentence}.`, `${sentence}: {}.`];

const AFTER_THE_STATUS = [
  "Redirects are not followed. Enter the address that it leads to.",
  "The server does not let us in. Check the headers of this webhook.",
  "There is nothing at this address that takes messages. Check the address.",
  "The server says that this address is gone for good, so nothing more is sent to it.",
  "The server wants fewer messages. It is tried again later.",
  "The server failed. Look into its log.",
  "The server did not take the message. Only a status from 200 to 299 says that it did.",
];

/** Texts that are put together with others, and what that comes to. */
const PUT_TOGETHER: Record<string, string[]> = {
  "{} Several words that do not belong together make a good password.": [
    "Several words that do not belong together make a good password.",
  ],
  "HTTP status {}. {}": AFTER_THE_STATUS.map((sentence) => `HTTP status {}. ${sentence}`),
  ...Object.fromEntries(AFTER_THE_STATUS.map((sentence) => [sentence, [`HTTP status {}. ${sentence}`]])),
  "{} {}": ["Only JPEG, PNG, GIF and WebP pictures and MP4, MOV and WebM videos are taken."],
  "There is no film in this file. {}": ["There is no film in this file."],
  "A post that is not out yet uses": [
    "A post that is not out yet uses this file. Take it out there, or delete it once they are published.",
  ],
  "{} this file. Take it out there, or delete it once they are published.": [
    "{} posts that are not out yet use this file. Take it out there, or delete it once they are published.",
  ],
  "is a draft": ["{} is a draft."],
  "waits for approval": ["{} waits for approval."],
  "is being published": ["{} is being published."],
  "needs attention": ["{} needs attention."],
  "is scheduled": ["{} is scheduled."],
  " and ": ["1 file lies in it and {}", "{} files lie in it and {}", "{} and {}"],
  "{} at {} is named twice.": WEEKDAYS,
  "{} over the limit of {}.{}": AMOUNTS.flatMap(counted),
  " Most emoji count as two.": ["{} over the limit of {}. Most emoji count as two."],
  " Each link counts as {}.": ["{} over the limit of {}. Each link counts as {}."],
  "{} {}; this channel takes at most {}.": [
    "{} hashtags; this channel takes at most {}.",
    "{} mentions; this channel takes at most {}.",
  ],
  "It is {} wide; this channel needs at least {}.": ["1 pixel", "{} pixels"],
  "It is {}; this channel takes {} {} (width to height). Crop it.": [
    "It is {}; this channel takes at most {} (width to height). Crop it.",
    "It is {}; this channel takes at least {} (width to height). Crop it.",
  ],
  "It lasts {}; this channel takes {} {}.": [
    "It lasts {}; this channel takes at most {}.",
    "It lasts {}; this channel takes at least {}.",
  ],
  "{} {} says: “{}”": ["Facebook says: “{}”", "Instagram says: “{}”"],
  "Mastodon refused{}": withAReason("Mastodon refused"),
  "Mastodon does not let the account post{}": withAReason("Mastodon does not let the account post"),
  "Mastodon did not take the post{}": withAReason("Mastodon did not take the post"),
  "Mastodon did not take a picture or video{}": withAReason("Mastodon did not take a picture or video"),
  "Bluesky refused{}": withAReason("Bluesky refused"),
  "Google Drive refused{}": withAReason("Google Drive refused"),
  "Bluesky did not take the post{}": withAReason("Bluesky did not take the post"),
  "Bluesky did not take the picture{}": withAReason("Bluesky did not take the picture"),
  "Bluesky says that the account is {}. Nothing can be posted until that changes.": [
    "deactivated",
    "suspended",
    "takendown",
  ],
};

const texts = rustTexts(CRATES).filter(
  ({ file, text }) =>
    !NOT_FOR_PEOPLE.includes(file) && !SAID_AS_IT_IS.includes(text) && !LINES_OF_THE_LOG.test(text),
);

const isOfWords = (text: string) => (text.replaceAll("{}", "").match(/\p{L}{2,}/gu)?.length ?? 0) > 1;
const isInWords = (text: string) => / /.test(text) && isOfWords(text);

/** Where the code says by itself that a person will read a text, whatever it looks like. */
const FOR_PEOPLE = /\b(?:label|summary|help|why|unit): $|\bchoice\("[^"]*", $|\b(?:unreadable|Broken)\($/;

/** What a text is said as; nothing if it stays within the program. */
function saidAs({ file, text, before }: RustText): string | null {
  const begins = /^[\p{Lu}{“]/u.test(text) && isInWords(text);
  if (begins && /[.”}]$/.test(text)) return text;
  if (text !== "" && FOR_PEOPLE.test(before)) return text;
  // What channels are called there.
  if (file.startsWith("platforms/") && /\bkind: $/.test(before)) return text;
  // The doctor's findings have titles.
  if (begins && file.includes("/doctor/")) return text;
  // One of several words for a sentence.
  if (/=> $/.test(before) && isInWords(text)) return text;
  // What a platform did, after its name.
  if (/^platforms\/.*\/errors\.rs$/.test(file) && /^\p{Ll}.*\.$/u.test(text) && isInWords(text)) {
    return `{} ${text}`;
  }
  return null;
}

const sentences = Object.keys(spanish.sentences).map(blanked);
const phrases = Object.keys(spanish.phrases).map(blanked);
const translated = new Set([...sentences, ...phrases]);

/** Each with what it is put together to. */
const said = texts.flatMap((one) => {
  const as = saidAs(one);
  if (as === null) return [];
  return (PUT_TOGETHER[one.text] ?? [as]).map((sentence) => ({ file: one.file, sentence }));
});

test("texts are found in the source, with blanks for what is filled in", () => {
  const source = String.raw`
    // "A comment."
    #[schema(example = "No [text]", description = "Nor this.")]
    let a = format!("One “{name}” \
                     and {:.1} more.", 'x', '"');
    #[error("Too {0}.")]
    let b = r#"Raw "words"."#; let c = b"bytes";
    #[cfg(test)]
    mod tests { fn it() { "Not this either." } }
  `;
  expect(textsOf(source).map(({ text }) => text)).toEqual([
    "One “{}” and {} more.",
    "Too {}.",
    'Raw "words".',
  ]);
});

test("every sentence that the server says to people is said in Spanish", () => {
  expect(said.length).toBeGreaterThan(350);
  const missing = said
    .filter(({ sentence }) => !translated.has(sentence) && !translated.has(sentence.replace(/^\{\} /, "")))
    .map(({ file, sentence }) => `${file}: ${sentence}`);
  expect([...new Set(missing)]).toEqual([]);
});

test("what sentences are put together to is said in Spanish as well", () => {
  expect(
    Object.values(PUT_TOGETHER)
      .flat()
      .filter((sentence) => !translated.has(sentence)),
  ).toEqual([]);
});

test("nothing is translated that the server no longer says", () => {
  const known = new Set([
    ...texts.map(({ text }) => text),
    ...said.map(({ sentence }) => sentence),
    ...Object.values(PUT_TOGETHER).flat(),
  ]);
  expect([...translated].filter((sentence) => !known.has(sentence))).toEqual([]);
  const unused = Object.keys(PUT_TOGETHER).filter((text) => !texts.some((one) => one.text === text));
  expect(unused).toEqual([]);
});

/** With every figure alike, and every other blank filled in with a name of its own. */
const filledIn = (text: string, english: string): string =>
  text.replace(/\{(\d)(?::\w+)?\}/g, (_, number: string) =>
    english.includes(`{${number}:figure}`) ? "12" : `Harbour${number}`,
  );

test("no sentence is taken for another one", () => {
  const wrong = Object.entries(spanish.sentences).filter(
    ([english, words]) => inOurWords(filledIn(english, english)) !== filledIn(words, english),
  );
  expect(wrong.map(([english]) => [english, inOurWords(filledIn(english, english))])).toEqual([]);
});

test.each(Object.entries({ ...spanish.sentences, ...spanish.phrases }))(
  "“%s” keeps what changes",
  (english, words) => {
    const blanks = (text: string) => new Set([...text.matchAll(/\{(\d)/g)].map(([, number]) => number));
    const given = blanks(english);
    expect([...blanks(words)].filter((blank) => !given.has(blank))).toEqual([]);
    expect(words).not.toMatch(/[!¡]/);
  },
);
