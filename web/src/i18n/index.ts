import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { EDITOR_WORDS } from "./editor-words";
import {
  type LanguageCode,
  languageOf,
  localeFor,
  preferredLanguage,
  rememberLanguage,
  type WordGroup,
} from "./languages";
import { speakForServer } from "./server-words";
import { withEveryPlural } from "./translation";

void i18next.use(initReactI18next).init({
  // Catalogues are complete, which the type checker sees to; nothing has to be filled in from another language.
  fallbackLng: false,
  interpolation: { escapeValue: false },
  returnNull: false,
  initAsync: false,
});

const add = (code: LanguageCode, words: object) =>
  i18next.addResourceBundle(code, "translation", withEveryPlural(words, code));

/** What was shown here needed these words, so every language comes with them from then on. */
const wanted = new Set<WordGroup>();

/** Goes over to a language once its catalogue is here; the page says so to screen readers. */
export async function speak(code: LanguageCode): Promise<void> {
  const { load, loadServer } = languageOf(code);
  const [catalogue, server] = await Promise.all([
    i18next.hasResourceBundle(code, "translation") ? null : load(),
    loadServer?.(),
  ]);
  if (catalogue) add(code, catalogue);
  await Promise.all([...wanted].map((group) => addLater(code, group)));
  speakForServer(server ?? { sentences: {}, phrases: {} });
  await i18next.changeLanguage(code);
  document.documentElement.lang = code;
}

async function addLater(code: LanguageCode, group: WordGroup): Promise<void> {
  add(code, await languageOf(code).later[group]());
}

/** Fetches words that do not come with every page. */
export async function speakMore(group: WordGroup): Promise<void> {
  wanted.add(group);
  await addLater(currentLanguage(), group);
}

/** A part that is loaded late, together with its words. */
export const withWords = async <Part>(
  groups: readonly WordGroup[],
  load: () => Promise<Part>,
): Promise<Part> => (await Promise.all([load(), ...groups.map(speakMore)]))[0];

/** The same for where posts are written, and pictures for them chosen. */
export const withEditorWords = <Part>(load: () => Promise<Part>): Promise<Part> =>
  withWords(EDITOR_WORDS, load);

/** The language of this browser: chosen here before, or preferred by it. */
export const speakPreferred = (): Promise<void> => speak(preferredLanguage());

/** Goes over to a language and keeps it for the next visit. */
export async function chooseLanguage(code: LanguageCode): Promise<void> {
  await speak(code);
  rememberLanguage(code);
}

export const currentLanguage = (): LanguageCode => i18next.language as LanguageCode;

/** How dates, numbers and lists are written now. */
export const currentLocale = (): string => localeFor(currentLanguage());

export { i18next };
