/** The server's sentences in the language of the interface, by the English ones; none while it is English. */
let sentences = new Map<string, string>();
let patterns: { matches: RegExp; words: string }[] = [];

const BLANK = /\{(\d)\}/g;
const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Takes on a language's table; `{1}` stands for what changes in a sentence. */
export function speakForServer(table: Record<string, string>): void {
  sentences = new Map(Object.entries(table));
  patterns = Object.entries(table)
    .filter(([english]) => english.includes("{1}"))
    // The more a sentence fixes, the surer it is the one that was said.
    .sort(([one], [other]) => other.length - one.length)
    .map(([english, words]) => ({
      matches: new RegExp(
        `^${english
          .split(BLANK)
          .map((part, index) => (index % 2 ? "(.+?)" : literally(part)))
          .join("")}$`,
        "s",
      ),
      words,
    }));
}

/**
 * A sentence of the server in the language of the interface, or as the server said it.
 *
 * The server speaks English: clients other than this one read it too. What it says about one thing is known by its code;
 * this is for what it adds, and for what platforms say of themselves.
 */
export function inOurWords(text: string): string {
  if (sentences.size === 0) return text;
  const known = sentences.get(text);
  if (known !== undefined) return known;
  for (const { matches, words } of patterns) {
    const found = matches.exec(text);
    if (found) return words.replace(BLANK, (_, number: string) => found[Number(number)] ?? "");
  }
  return text;
}

/** What a platform's manifest says to people. */
const SAID_TO_PEOPLE = new Set(["summary", "label", "help", "why"]);

/** A manifest with what it says to people in the language of the interface. */
export function manifestInOurWords<T>(manifest: T): T {
  const said = (value: unknown, key = ""): unknown => {
    if (typeof value === "string") return SAID_TO_PEOPLE.has(key) ? inOurWords(value) : value;
    if (Array.isArray(value)) return value.map((each) => said(each));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, said(each, name)]));
  };
  return said(manifest) as T;
}
