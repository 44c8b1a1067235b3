import type { en } from "./en";
import type { editor } from "./en/editor";
import type { help } from "./en/help";
import type { late } from "./en/late";
import type { library } from "./en/library";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: {
      translation: typeof en &
        typeof late & { editor: typeof editor; help: typeof help; library: typeof library };
    };
  }
}
