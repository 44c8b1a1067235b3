import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LANGUAGE_CODES, type LanguageCode, languageOf, WORD_GROUPS } from "./languages";

const SOURCES = join(process.cwd(), "src");

/** All that a language says. */
async function whole(code: LanguageCode): Promise<object> {
  const { load, later } = languageOf(code);
  const words = await Promise.all([load(), ...WORD_GROUPS.map((group) => later[group]())]);
  return Object.assign({}, ...words);
}

const english = await whole("en");

/**
 * Sections whose keys are made up at run time from what the server says or from a list, and single keys of that kind.
 *
 * `*` stands for any section.
 */
const CHOSEN_AT_RUN_TIME = [
  "adding.from.kind",
  "admin.users.disable",
  "admin.users.letIn",
  "admin.users.make",
  "admin.users.unmake",
  "apiKeys.scope.*",
  "apiKeys.state",
  "audit.action.*",
  "audit.kind",
  "audit.verify",
  "bulk",
  "calendar.next",
  "calendar.previous",
  "calendar.shortcuts.view",
  "calendar.view",
  "connections.doctor.check",
  "connections.doctor.state",
  "connections.history.outcome",
  "connections.purposes",
  "connections.status",
  "connections.tabs",
  "data.retention",
  "editor.fix",
  "editor.panes",
  "errors",
  "hearing.kind",
  "hearing.notice",
  "hearing.status",
  "hearing.test.kinds",
  "notifications.alert",
  "notifications.channel",
  "notifications.did",
  "notifications.kind",
  "help.*",
  "legal",
  "library.kind",
  "library.sort",
  "oneFile.crop",
  "listening.field",
  "listening.state",
  "mail.editor",
  "mail.status",
  "mail.transport",
  "mail.transportDetail",
  "members.may",
  "members.role",
  "nav.installation",
  "nav.publish",
  "nav.setUp",
  "palette.groups",
  "posts.delivery.outcome",
  "posts.delivery.seen",
  "posts.delivery.there",
  "posts.engagement",
  "posts.filters",
  "posts.order",
  "posts.state",
  "timeline.changed",
  "scheduling.queue.presets",
  "scheduling.repeat.end",
  "scheduling.repeat.kinds",
  "scheduling.repeat.rule.which",
  "scheduling.repeat.unit",
  "scheduling.repeat.weeks",
  "setup.receipt.*",
  "setup.steps",
  "shortcuts.groups",
  "telling.disabled",
  "telling.disabledDetail",
  "telling.event",
  "telling.group",
  "telling.state",
];

function isChosenAtRunTime(key: string): boolean {
  const names = key.split(".");
  return CHOSEN_AT_RUN_TIME.some((section) =>
    section
      .split(".")
      .every((name, index) => name === names[index] || (name === "*" && index + 1 < names.length)),
  );
}

function sentences(section: object, path = ""): [key: string, sentence: string][] {
  return Object.entries(section).flatMap(([name, value]) =>
    typeof value === "string" ? [[path + name, value]] : sentences(value, `${path}${name}.`),
  );
}

const keysOf = (section: object): string[] => sentences(section).map(([key]) => key);
const placeholders = (sentence: string): string[] => [...sentence.matchAll(/{{\w+}}/g)].map(String).sort();

function sources(): string {
  return readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/^i18n.[a-z]{2}\W/.test(file))
    .map((file) => readFileSync(join(SOURCES, file), "utf8"))
    .join("\n");
}

test("every sentence is said somewhere", () => {
  const code = sources();
  const unused = keysOf(english)
    .filter((key) => !isChosenAtRunTime(key))
    .map((key) => key.replace(/_(zero|one|other)$/, ""))
    .filter((key) => !code.includes(`"${key}"`) && !code.includes(`"${key}_`));
  expect([...new Set(unused)]).toEqual([]);
});

test.each(LANGUAGE_CODES)("no sentence of %s shouts, is empty or ends in a blank", async (code) => {
  const wrong = sentences(await whole(code)).filter(
    ([, sentence]) => /[!¡]/.test(sentence) || sentence.trim() === "" || sentence !== sentence.trim(),
  );
  expect(wrong).toEqual([]);
});

test.each(LANGUAGE_CODES)("%s has every sentence of English, with the same placeholders", async (code) => {
  const other = new Map(sentences(await whole(code)));
  const own = /_(zero|two|few|many)$/;
  expect([...other.keys()].filter((key) => !own.test(key)).sort()).toEqual(
    keysOf(english)
      .filter((key) => !own.test(key))
      .sort(),
  );
  const differing = sentences(english)
    // "One post" may do without the figure.
    .filter(([key]) => !/_(zero|one)$/.test(key))
    .filter(([key, sentence]) => `${placeholders(other.get(key) ?? "")}` !== `${placeholders(sentence)}`)
    .map(([key]) => key);
  expect(differing).toEqual([]);
});
