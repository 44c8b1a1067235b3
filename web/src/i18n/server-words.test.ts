import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { speak } from ".";
import { server as spanish } from "./es/server";
import { inOurWords, manifestInOurWords } from "./server-words";

afterEach(() => speak("en"));

test("English is what the server says", () => {
  expect(inOurWords("Write a text.")).toBe("Write a text.");
});

test("a sentence is known whole or with what changes in it, and else stays", async () => {
  await speak("es");
  expect(inOurWords("Write a text.")).toBe("Escribe un texto.");
  expect(inOurWords("The name has 101 characters; at most 100 are taken.")).toBe(
    "El nombre tiene 101 caracteres; se admiten como máximo 100.",
  );
  expect(inOurWords("It is 2.4 : 1; this channel takes at most 1.91 : 1 (width to height). Crop it.")).toBe(
    "Es 2.4 : 1; este canal admite como máximo 1.91 : 1 (ancho a alto). Recórtala.",
  );
  expect(inOurWords("Something quite new.")).toBe("Something quite new.");
});

test("what is put into a sentence is text and no pattern", async () => {
  await speak("es");
  expect(inOurWords("There is no Mastodon instance at $&.{2}. Check the address.")).toContain("$&.{2}");
});

test("of a manifest only what is said to people is translated", async () => {
  await speak("es");
  const field = { id: "Link", name: "Link", label: "Link", help: "The server your account is on." };
  expect(manifestInOurWords([{ options: [field], limit: 3, none: null }])).toEqual([
    {
      options: [{ id: "Link", name: "Link", label: "Enlace", help: "El servidor en el que está tu cuenta." }],
      limit: 3,
      none: null,
    },
  ]);
});

/** Every text in the program's source, with what is filled in as a blank. */
function saidByTheServer(): string {
  const crates = resolve(process.cwd(), "../crates");
  return readdirSync(crates, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".rs") && !file.includes("tests"))
    .map((file) => readFileSync(join(crates, file), "utf8"))
    .join("\n")
    .replace(/\\\n\s*/g, "");
}

test("no translated sentence is one that the server no longer says", () => {
  const source = saidByTheServer();
  const stale = Object.keys(spanish).filter((english) => {
    const parts = english.split(/\{\d\}/).map((part) => part.trim());
    return !parts.every((part) => part === "" || source.includes(part) || madeOfParts(part, source));
  });
  expect(stale).toEqual([]);
});

/** Amounts and bounds are put together from words of their own. */
function madeOfParts(part: string, source: string): boolean {
  return part
    .split(
      /(?:Several words that do not belong together make a good password\.|characters?|hashtags|mentions|at most|at least|1 |a picture or a video|a picture|a video)/,
    )
    .map((each) => each.trim())
    .every(
      (each) => each.length < 4 || source.includes(each) || source.includes(each.replace(/^\W+\s*/, "")),
    );
}

test.each(Object.entries(spanish))("“%s” keeps what changes", (english, words) => {
  const blanks = (text: string) => new Set(text.match(/\{\d\}/g) ?? []);
  for (const blank of blanks(words)) expect(blanks(english)).toContain(blank);
  expect(words).not.toMatch(/[!¡]/);
});
