import type { publicPages as english } from "../en/public-pages";
import type { Translation } from "../translation";

export const publicPages: Translation<typeof english> = {
  title: "Páginas públicas",
  hint: "Privacidad y condiciones, legibles sin iniciar sesión",
  which: "Qué página",
  text: "Texto",
  help: "Títulos con #, listas con -, **negrita**, *cursiva* y [enlaces](https://…). El HTML se muestra tal como se escribe.",
  preview: "Vista previa",
  save: "Guardar",
  saved: "La página se ha guardado",
  isDefault:
    "Es el texto propio de Fanfare, en el idioma de quien lo lee. En cuanto lo cambies, todo el mundo leerá el tuyo.",
  isReplaced: "Sustituido por {{name}}, {{at}}",
  restore: "Restaurar el original",
  restoreTitle: "¿Restaurar el texto de Fanfare de “{{page}}”?",
  restoreDetail: "Tu texto se elimina para siempre. Cópialo antes si puedes volver a necesitarlo.",
  restored: "Ha vuelto el texto de Fanfare",
  keepMine: "Conservar mi texto",
  view: "Abrir la página",
  onlyAdmins: "Solo quienes administran esta instalación cambian estas páginas.",
};
