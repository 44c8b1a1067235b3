import type { legal as english } from "../en/legal";
import type { Translation } from "../translation";

export const legal: Translation<typeof english> = {
  privacy: "Privacidad",
  terms: "Condiciones",
  back: "Volver a Fanfare",
  changed: "Último cambio: {{at}}",
};
