import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { en } from "./en";
import { late } from "./en/late";

const SOURCES = join(process.cwd(), "src");

/** What is loaded together with the late words. */
const COMES_WITH_THEM = [
  "features/admin/",
  "features/api-docs/",
  "features/api-keys/",
  "features/audit/",
  "features/data/",
  "features/hearing/",
  "features/links/",
  "features/mail/",
  "features/members/",
  "features/notifications/",
  "features/security/",
  "features/settings/",
  "features/telling/",
  "features/workspace-settings/",
];

const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/^(i18n|api)\//.test(file))
  .map((file) => ({ file, source: readFileSync(join(SOURCES, file), "utf8") }));

const isLate = (file: string): boolean => COMES_WITH_THEM.some((folder) => file.startsWith(folder));

test("no section stands in both halves of the catalogue", () => {
  expect(Object.keys(late).filter((section) => section in en)).toEqual([]);
});

test("late words are said only where they are loaded", () => {
  const said = new RegExp(`["\`](${Object.keys(late).join("|")})\\.[a-z]`);
  const early = files
    .filter(({ file, source }) => !isLate(file) && !/\.test\.tsx?$/.test(file) && said.test(source))
    .map(({ file }) => file);
  expect(early).toEqual([]);
});

test("pages that say them bring them", () => {
  const without = files
    .filter(({ file }) => file.startsWith("routes/"))
    .flatMap(({ source }) => [...source.matchAll(/lazyRouteComponent\(\(\) => import\("@\/([^"]+)"\)/g)])
    .map(([, path = ""]) => path)
    .filter(isLate);
  expect(without).toEqual([]);
});
