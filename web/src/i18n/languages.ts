import type { ServerWords } from "./server-words";
import type { Translation } from "./translation";

/** Words that do not come with every page: each group comes with the pages that say them. */
export interface LaterWords {
  admin: typeof import("./en/late/admin").adminWords;
  settings: typeof import("./en/late/settings").settingsWords;
  webhooks: typeof import("./en/late/webhooks").webhooksWords;
  "api-docs": { apiDocs: typeof import("./en/api-docs").apiDocs };
  links: { links: typeof import("./en/links").links };
  notifications: { notifications: typeof import("./en/notifications").notifications };
  help: { help: typeof import("./en/help").help };
  bulk: { bulk: typeof import("./en/bulk").bulk };
  library: { library: typeof import("./en/library").library };
  "one-file": { oneFile: typeof import("./en/one-file").oneFile };
  "chosen-files": { chosenFiles: typeof import("./en/chosen-files").chosenFiles };
  adding: { adding: typeof import("./en/adding").adding };
  imports: { imports: typeof import("./en/imports").imports };
  timeline: { timeline: typeof import("./en/timeline").timeline };
  editor: { editor: typeof import("./en/editor").editor };
}

export type WordGroup = keyof LaterWords;

interface Language {
  /** In its own words, so that whoever needs it can read it. */
  name: string;
  /** How dates and numbers are written when the browser names no region of the language. */
  locale: string;
  load: () => Promise<Translation<typeof import("./en").en>>;
  later: { [Group in WordGroup]: () => Promise<Translation<LaterWords[Group]>> };
  /** The server's own sentences in this language. */
  loadServer?: () => Promise<ServerWords>;
}

/** Every language of the interface; each catalogue is a file of its own that is loaded when it is chosen. */
export const LANGUAGES = {
  en: {
    name: "English",
    locale: "en-GB",
    load: async () => (await import("./en")).en,
    later: {
      admin: async () => (await import("./en/late/admin")).adminWords,
      settings: async () => (await import("./en/late/settings")).settingsWords,
      webhooks: async () => (await import("./en/late/webhooks")).webhooksWords,
      "api-docs": async () => ({ apiDocs: (await import("./en/api-docs")).apiDocs }),
      links: async () => ({ links: (await import("./en/links")).links }),
      notifications: async () => ({ notifications: (await import("./en/notifications")).notifications }),
      help: async () => ({ help: (await import("./en/help")).help }),
      bulk: async () => ({ bulk: (await import("./en/bulk")).bulk }),
      library: async () => ({ library: (await import("./en/library")).library }),
      "one-file": async () => ({ oneFile: (await import("./en/one-file")).oneFile }),
      "chosen-files": async () => ({ chosenFiles: (await import("./en/chosen-files")).chosenFiles }),
      adding: async () => ({ adding: (await import("./en/adding")).adding }),
      imports: async () => ({ imports: (await import("./en/imports")).imports }),
      timeline: async () => ({ timeline: (await import("./en/timeline")).timeline }),
      editor: async () => ({ editor: (await import("./en/editor")).editor }),
    },
  },
  es: {
    name: "Español",
    locale: "es-ES",
    load: async () => (await import("./es")).es,
    later: {
      admin: async () => (await import("./es/late/admin")).adminWords,
      settings: async () => (await import("./es/late/settings")).settingsWords,
      webhooks: async () => (await import("./es/late/webhooks")).webhooksWords,
      "api-docs": async () => ({ apiDocs: (await import("./es/api-docs")).apiDocs }),
      links: async () => ({ links: (await import("./es/links")).links }),
      notifications: async () => ({ notifications: (await import("./es/notifications")).notifications }),
      help: async () => ({ help: (await import("./es/help")).help }),
      bulk: async () => ({ bulk: (await import("./es/bulk")).bulk }),
      library: async () => ({ library: (await import("./es/library")).library }),
      "one-file": async () => ({ oneFile: (await import("./es/one-file")).oneFile }),
      "chosen-files": async () => ({ chosenFiles: (await import("./es/chosen-files")).chosenFiles }),
      adding: async () => ({ adding: (await import("./es/adding")).adding }),
      imports: async () => ({ imports: (await import("./es/imports")).imports }),
      timeline: async () => ({ timeline: (await import("./es/timeline")).timeline }),
      editor: async () => ({ editor: (await import("./es/editor")).editor }),
    },
    loadServer: async () => (await import("./es/server")).server,
  },
} satisfies Record<string, Language>;

export type LanguageCode = keyof typeof LANGUAGES;

export const WORD_GROUPS = Object.keys(LANGUAGES.en.later) as WordGroup[];

export const LANGUAGE_CODES = Object.keys(LANGUAGES) as LanguageCode[];

export const languageOf = (code: LanguageCode): Language => LANGUAGES[code];

const STORED = "fanfare-language";

const codeIn = (tag: string | null | undefined): LanguageCode | undefined =>
  LANGUAGE_CODES.find((code) => code === tag?.toLowerCase().split("-")[0]);

/** What was chosen here before, or the first of the browser's languages that there is. */
export function preferredLanguage(wanted: readonly string[] = navigator.languages): LanguageCode {
  return codeIn(storedLanguage()) ?? wanted.map(codeIn).find(Boolean) ?? "en";
}

function storedLanguage(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    // Storage may be blocked; the browser's preference still holds.
    return null;
  }
}

export function rememberLanguage(code: LanguageCode): void {
  try {
    localStorage.setItem(STORED, code);
  } catch {
    // Then the choice lasts as long as the page.
  }
}

/** The language with the region that the person's browser names: a reader of English in Boston sees other dates than one in Leeds. */
export function localeFor(code: LanguageCode, wanted: readonly string[] = navigator.languages): string {
  return wanted.find((tag) => tag.includes("-") && codeIn(tag) === code) ?? LANGUAGES[code].locale;
}
