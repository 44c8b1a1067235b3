import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const SOURCES = join(process.cwd(), "src");

/** What a person reads or hears. */
const READ_OUT = new Set([
  "aria-label",
  "aria-description",
  "alt",
  "title",
  "label",
  "description",
  "placeholder",
  "hint",
  "detail",
  "confirm",
  "dismiss",
  "error",
  "nothingFoundMessage",
]);

const isWords = (text: string): boolean => /\p{L}{2}/u.test(text);

/** Text between tags, and texts of attributes that are read, which come from no catalogue. */
function hardCoded(file: string, source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const words = ts.isJsxText(node)
      ? node.text
      : ts.isJsxAttribute(node) &&
          node.initializer &&
          ts.isStringLiteral(node.initializer) &&
          READ_OUT.has(node.name.getText())
        ? node.initializer.text
        : "";
    if (isWords(words)) found.push(`${file}: ${words.trim()}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

test("a text in the code is noticed", () => {
  const source = 'const a = <p title="Hello there" className="big">Some {"x"} words</p>;';
  expect(hardCoded("a.tsx", source)).toHaveLength(3);
});

test("what people read comes from the catalogues", () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".tsx") && !file.endsWith(".test.tsx"),
  );
  expect(files.length).toBeGreaterThan(30);
  expect(files.flatMap((file) => hardCoded(file, readFileSync(join(SOURCES, file), "utf8")))).toEqual([]);
});
