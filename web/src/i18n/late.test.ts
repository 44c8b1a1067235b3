import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { EDITOR_WORDS } from "./editor-words";
import { LANGUAGES, WORD_GROUPS, type WordGroup } from "./languages";

const SOURCES = join(process.cwd(), "src");

/** Which group brings a section of the catalogue that does not come with every page. */
const broughtBy = new Map<string, WordGroup>();
for (const group of WORD_GROUPS)
  for (const section of Object.keys(await LANGUAGES.en.later[group]())) broughtBy.set(section, group);

const SAID = new RegExp(`["\`](${[...broughtBy.keys()].join("|")})\\.[a-z]`, "g");
/** What a file loads: at once, late, or late with words. */
const LOADS =
  /(?:(?:latePage|withWords)\(\s*\[(?<groups>[^\]]*)\],|(?<editor>withEditorWords)\()\s*\(\) => import\("(?<withWords>[^"]+)"\)|(?:from |import\()"(?<plain>[^"]+)"/g;

interface Part {
  /** Sections of late words that it says. */
  says: string[];
  loads: { part: string; words: readonly WordGroup[] }[];
}

function pathOf(specifier: string, from: string): string | null {
  const path = specifier.startsWith("@/")
    ? join(SOURCES, specifier.slice(2))
    : specifier.startsWith(".")
      ? join(dirname(from), specifier)
      : null;
  return (
    [".ts", ".tsx", "/index.ts"].map((end) => path + end).find((each) => path && existsSync(each)) ?? null
  );
}

const parts = new Map<string, Part>();
function read(file: string): Part {
  const known = parts.get(file);
  if (known) return known;
  // Names of scopes and kinds look like words of the catalogue, and are none.
  const source = readFileSync(file, "utf8").replace(/import type [^;]*;/g, "");
  const says = /scopes\.ts$/.test(file) ? [] : [...source.matchAll(SAID)].map(([, section]) => section ?? "");
  const loads = [...source.matchAll(LOADS)].flatMap(({ groups = {} }) => {
    const part = pathOf(groups.withWords ?? groups.plain ?? "", file);
    const words = groups.editor
      ? EDITOR_WORDS
      : ([...(groups.groups ?? "").matchAll(/[\w-]+/g)].map(String) as WordGroup[]);
    return part && !part.startsWith(join(SOURCES, "i18n")) ? [{ part, words }] : [];
  });
  const part = { says, loads };
  parts.set(file, part);
  return part;
}

test("whatever says late words is loaded with them", () => {
  const missing = new Set<string>();
  const seen = new Set<string>();
  const follow = (file: string, words: readonly WordGroup[]): void => {
    const state = `${file} ${[...words].sort().join()}`;
    if (seen.has(state)) return;
    seen.add(state);
    const { says, loads } = read(file);
    for (const section of says) {
      const group = broughtBy.get(section);
      if (group && !words.includes(group)) missing.add(`${file.slice(SOURCES.length + 1)} says ${section}`);
    }
    for (const { part, words: more } of loads) follow(part, [...new Set([...words, ...more])]);
  };
  follow(join(SOURCES, "main.tsx"), []);
  expect([...seen].some((state) => state.includes("security/SecurityPage"))).toBe(true);
  expect([...missing].sort()).toEqual([]);
});

test("no section stands in two groups, or in one and with every page", async () => {
  const groups = await Promise.all(WORD_GROUPS.map((group) => LANGUAGES.en.later[group]()));
  const sections = [await LANGUAGES.en.load(), ...groups].flatMap((words) => Object.keys(words));
  expect(sections.filter((section, index) => sections.indexOf(section) !== index)).toEqual([]);
});
