import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { type LanguageCode, languageOf, localeFor, preferredLanguage, rememberLanguage } from "./languages";
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

/** A page that needs the late words was shown, so every language comes with them from then on. */
let wantsLate = false;

/** Goes over to a language once its catalogue is here; the page says so to screen readers. */
export async function speak(code: LanguageCode): Promise<void> {
  const { load, loadServer } = languageOf(code);
  const [catalogue, server] = await Promise.all([
    i18next.hasResourceBundle(code, "translation") ? null : load(),
    loadServer?.(),
  ]);
  if (catalogue) add(code, catalogue);
  if (wantsLate) add(code, await languageOf(code).loadLate());
  speakForServer(server ?? { sentences: {}, phrases: {} });
  await i18next.changeLanguage(code);
  document.documentElement.lang = code;
}

/** Fetches the words of pages that are seldom the first: settings, administration, and where links in mails lead. */
export async function speakLate(): Promise<void> {
  wantsLate = true;
  const code = currentLanguage();
  add(code, await languageOf(code).loadLate());
}

/** A part that is loaded late, together with the late words. */
export const withLateWords = async <Part>(load: () => Promise<Part>): Promise<Part> =>
  (await Promise.all([load(), speakLate()]))[0];

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
