import type { en } from "./en";
import type { LaterWords, WordGroup } from "./languages";

type All<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer Both) => void
  ? Both
  : never;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en & All<LaterWords[WordGroup]> };
  }
}
