import type { en } from "./en";
import type { late } from "./en/late";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en & typeof late };
  }
}
