import { inLocalFigures } from "./server-figures";

/**
 * What the server says, in one language, by the English.
 *
 * In both, `{1}` stands for what changes. On the English side `{1:figure}` takes figures only, such as "3" and "1,200",
 * `{1:list}` single words between commas, and `{1:sentences}` several sentences. On the other side `{1:words}` is said in
 * that language as well, for what the server fills in with words of its own.
 */
export interface ServerWords {
  /** What stands by itself. */
  sentences: Record<string, string>;
  /** What only stands within sentences. */
  phrases: Record<string, string>;
}

interface Pattern {
  matches: RegExp;
  words: string;
}

interface Table {
  whole: Map<string, string>;
  patterns: Pattern[];
  /** Those that begin with a blank, which would take what stands before the sentence too. */
  vague: Pattern[];
  /** All of them, with blanks that take ends of sentences as well: names may hold them. */
  loose: Pattern[];
}

const BLANK = /\{(\d)(?::(\w+))?\}/g;
const ANYTHING = "(.+?)";
const WITHIN_A_SENTENCE = "((?:(?!\\. ).)+?)";
const TAKES: Record<string, string> = {
  figure: "(\\d[\\d.,]*)",
  list: "(\\S+(?:, \\S+)*)",
  sentences: ANYTHING,
};

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function patternOf([english, words]: [string, string], plainBlank: string): Pattern {
  // Between the literal parts stand a blank's number and its kind.
  const parts = english.split(BLANK).map((part, index) => {
    if (index % 3 === 0) return literally(part);
    return index % 3 === 1 ? "" : (TAKES[part] ?? plainBlank);
  });
  return { matches: new RegExp(`^${parts.join("")}$`, "s"), words };
}

function tableOf(entries: Record<string, string>): Table {
  const all = Object.entries(entries);
  const withBlanks = all
    .filter(([english]) => english.includes("{1"))
    // The more a sentence fixes, the surer it is the one that was said.
    .sort(([one], [other]) => other.length - one.length);
  const beginsWithBlank = ([english]: [string, string]) => english.startsWith("{1}");
  const strict = (entry: [string, string]) => patternOf(entry, WITHIN_A_SENTENCE);
  return {
    whole: new Map(all),
    patterns: withBlanks.filter((entry) => !beginsWithBlank(entry)).map(strict),
    vague: withBlanks.filter(beginsWithBlank).map(strict),
    loose: withBlanks.map((entry) => patternOf(entry, ANYTHING)),
  };
}

/** Both are empty while the interface speaks the server's language. */
let sentences = tableOf({});
let phrases = tableOf({});

/** Takes on a language's words. */
export function speakForServer(words: ServerWords): void {
  sentences = tableOf(words.sentences);
  phrases = tableOf(words.phrases);
}

/**
 * A sentence of the server in the language of the interface, or as the server said it.
 *
 * The server speaks English: clients other than this one read it too. What it says about one thing is known by its code;
 * this is for what it adds, and for what platforms say of themselves.
 */
export function inOurWords(text: string): string {
  return sentences.whole.size === 0 ? text : (known(text) ?? text);
}

function known(text: string): string | undefined {
  const ends = [...text.matchAll(/[.”] /g)].map(({ index }) => index + 1);
  return (
    knownAsOne(text) ??
    oneByOne(text, ends.toReversed(), knownAsOne) ??
    oneByOne(text, ends, knownSomehow) ??
    knownSomehow(text)
  );
}

/** Sentences after one another, of which the first ends at one of these; the rest stays as it is where it is not known. */
function oneByOne(text: string, ends: number[], say: typeof known): string | undefined {
  for (const end of ends) {
    const first = say(text.slice(0, end));
    if (first !== undefined) return `${first} ${inOurWords(text.slice(end + 1))}`;
  }
  return undefined;
}

const knownSomehow = (text: string): string | undefined => filledIn(sentences.loose, text);

function knownAsOne(text: string): string | undefined {
  return (
    sentences.whole.get(text) ??
    filledIn(sentences.patterns, text) ??
    named(text) ??
    filledIn(sentences.vague, text)
  );
}

function filledIn(patterns: Pattern[], text: string): string | undefined {
  for (const { matches, words } of patterns) {
    const found = matches.exec(text);
    if (!found) continue;
    return words.replace(BLANK, (_, number: string, kind: string | undefined) => {
      const said = found[Number(number)] ?? "";
      return kind === "words" ? within(said) : inLocalFigures(said);
    });
  }
  return undefined;
}

const within = (said: string): string =>
  phrases.whole.get(said) ?? filledIn(phrases.patterns, said) ?? known(said) ?? inLocalFigures(said);

/** `Harbour Bakery: Write a text.`: what is said of one channel among several. */
function named(text: string): string | undefined {
  const [, name, said] = /^((?:(?!\. ).)+?: )(.+)$/s.exec(text) ?? [];
  const words = said && known(said);
  return words && `${name}${words}`;
}

/** What a manifest says to people. */
const SAID_TO_PEOPLE = new Set(["summary", "label", "help", "why", "unit", "setup_steps"]);

/** A manifest, or a part of one, with what it says to people in the language of the interface. */
export function manifestInOurWords<T>(manifest: T): T {
  const said = (value: unknown, key = ""): unknown => {
    if (typeof value === "string") return SAID_TO_PEOPLE.has(key) ? inOurWords(value) : value;
    if (Array.isArray(value)) return value.map((each) => said(each, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, said(each, name)]));
  };
  return said(manifest) as T;
}
