import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** A text in the program's source. */
export interface RustText {
  /** Below `crates/`. */
  file: string;
  /** With what is filled in as `{}`. */
  text: string;
  /** The code before it, on one line. */
  before: string;
}

const CRATES = resolve(process.cwd(), "../crates");

/** Every text of these crates but those of their tests and of attributes that only describe. */
export function rustTexts(crates: readonly string[]): RustText[] {
  return crates.flatMap((crate) =>
    readdirSync(join(CRATES, crate, "src"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".rs") && !/(^|\/)tests(\/|\.rs$)/.test(file))
      .sort()
      .flatMap((file) => {
        const path = `${crate}/src/${file}`;
        return textsOf(readFileSync(join(CRATES, path), "utf8")).map((found) => ({ file: path, ...found }));
      }),
  );
}

/** What the source of Rust is made of here: comments, texts (raw ones too), single characters, and attributes. */
const PIECE =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?<raw>b?r(?<hashes>#*)"[\s\S]*?"\k<hashes>)|(?<text>b?"(?:\\[\s\S]|[^"\\])*")|'(?:\\u\{\w+\}|\\.|[^\\'\n])'|#!?\[(?!error\b)/g;

export function textsOf(source: string): Omit<RustText, "file">[] {
  const code = withoutTests(source);
  const found: Omit<RustText, "file">[] = [];
  let attributeEnds = 0;
  for (const piece of code.matchAll(PIECE)) {
    const { index, groups } = piece;
    if (index < attributeEnds) continue;
    if (piece[0].startsWith("#")) attributeEnds = endOfAttribute(code, index);
    const written = groups?.text ?? groups?.raw;
    if (!written || written.startsWith("b")) continue;
    const before = code.slice(Math.max(0, index - 80), index).replace(/\s+/g, " ");
    found.push({ text: blanked(plain(written)), before });
  }
  return found;
}

/** They stand at the end of their files. */
const withoutTests = (source: string): string => source.split(/#\[cfg\(test\)\]\s*mod \w+ \{/)[0] ?? "";

/** Behind the bracket that closes it; brackets within texts do not count. */
function endOfAttribute(code: string, start: number): number {
  let open = 0;
  for (const { 0: piece, index } of code.slice(start).matchAll(/"(?:\\[\s\S]|[^"\\])*"|[[\]]/g)) {
    if (piece === "[") open++;
    if (piece === "]") open--;
    if (open === 0) return start + index + 1;
  }
  return code.length;
}

/** A line that ends in a backslash goes on at the next one's first letter. */
function plain(written: string): string {
  const text = written.slice(written.indexOf('"') + 1, written.lastIndexOf('"'));
  return text.replace(/\\\n\s*/g, "").replace(/\\(["\\])/g, "$1");
}

/** `{}` for every blank: Rust's `{name}` and `{:.0}`, and the catalogue's `{1:words}`. */
export const blanked = (text: string): string => text.replace(/\{[^{}]*\}/g, "{}");

/** The names of the states of one of the domain's kinds, such as those of a delivery. */
export function statesOf(kind: string): string[] {
  const sources = readdirSync(join(CRATES, "domain/src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".rs"))
    .map((file) => readFileSync(join(CRATES, "domain/src", file), "utf8"));
  const source = sources.find((each) => each.includes(`enum ${kind} {`)) ?? "";
  const body = source.slice(source.indexOf(`enum ${kind} {`)).split("}")[0] ?? "";
  return [...body.matchAll(/^\s*\w+ = "(\w+)"/gm)].map((match) => match[1] as string);
}
