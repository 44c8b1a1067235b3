import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { en } from "./en";

const SOURCES = join(process.cwd(), "src");

/** Sections whose keys are made up at run time from what the server says or from a list. */
const CHOSEN_AT_RUN_TIME =
  /^(errors|posts\.(state|filters|delivery\.outcome)|connections\.status|setup\.steps|composer\.when)\./;

function keysOf(section: object, path = ""): string[] {
  return Object.entries(section).flatMap(([name, value]) =>
    typeof value === "string" ? [path + name] : keysOf(value, `${path}${name}.`),
  );
}

function sources(): string {
  return readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith(join("i18n", "en")))
    .map((file) => readFileSync(join(SOURCES, file), "utf8"))
    .join("\n");
}

test("every sentence is said somewhere", () => {
  const code = sources();
  const unused = keysOf(en)
    .filter((key) => !CHOSEN_AT_RUN_TIME.test(key))
    .map((key) => key.replace(/_(zero|one|other)$/, ""))
    .filter((key) => !code.includes(`"${key}"`) && !code.includes(`"${key}_`));
  expect([...new Set(unused)]).toEqual([]);
});

test("no sentence shouts", () => {
  const sentence = (key: string) =>
    key.split(".").reduce<unknown>((section, name) => (section as Record<string, unknown>)[name], en);
  expect(keysOf(en).filter((key) => String(sentence(key)).includes("!"))).toEqual([]);
});
