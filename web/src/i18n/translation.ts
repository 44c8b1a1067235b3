/** A name `x` for which English has the plural `x_other`. */
type Counted<T> = { [K in keyof T]: K extends `${infer Name}_other` ? Name : never }[keyof T];

/**
 * A catalogue with the sentences of another one: none may be missing and none may be left over.
 *
 * What is counted may have the plural forms that English lacks (`_zero`, `_two`, `_few`, `_many`).
 */
export type Translation<T> = { [K in keyof T]: T[K] extends string ? string : Translation<T[K]> } & {
  [K in `${Counted<T> & string}_${"zero" | "two" | "few" | "many"}`]?: string;
};

interface Section {
  [name: string]: string | Section;
}

/**
 * Adds the plural forms that the language's grammar knows and the catalogue does not tell apart.
 *
 * Spanish, for one, has a form for whole millions, which the interface never counts.
 */
export function withEveryPlural(catalogue: object, locale: string): Section {
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  const complete = (section: Section): Section => {
    const whole: Section = {};
    for (const [name, value] of Object.entries(section)) {
      if (typeof value !== "string") whole[name] = complete(value);
      else if (name.endsWith("_other")) {
        const counted = name.slice(0, -"_other".length);
        for (const form of forms) whole[`${counted}_${form}`] ??= value;
        whole[name] = value;
      } else whole[name] = value;
    }
    return whole;
  };
  return complete(catalogue as Section);
}
