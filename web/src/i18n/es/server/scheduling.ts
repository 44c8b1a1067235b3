/** Queues, repeating, and what else goes out at a time. */
export const scheduling: Record<string, string> = {
  "A post with the same text goes out here on {1} as well. Platforms may hide what is repeated within a day; change the words, or leave one out.":
    "El {1} sale aquí otra publicación con el mismo texto. Las plataformas pueden ocultar lo que se repite en un día; cambia las palabras o quita una.",
  "Another post goes out here in the same minute, so they compete with each other. A few minutes apart is better.":
    "En el mismo minuto sale aquí otra publicación, así que compiten entre sí. Es mejor dejar unos minutos entre ellas.",
  "{1:figure} of {2:figure} posts a day are out or planned on this channel around that time, so the platform may refuse this one. Choose a later time.":
    "{1} de {2} publicaciones al día han salido o están planificadas en este canal en torno a esa hora, así que la plataforma puede rechazar esta. Elige una hora más tarde.",
  "“{1}” is not a time zone. Use a name such as Europe/Madrid.":
    "«{1}» no es una zona horaria. Usa un nombre como Europe/Madrid.",
  "A queue has at most {1} slots a week.": "Una cola tiene como máximo {1} huecos por semana.",
  "Write the time as hours and minutes, such as 09:05.": "Escribe la hora con horas y minutos, como 09:05.",
  "{1} at {2} is named twice.": "{1:words} a las {2} aparece dos veces.",
  "{1} has no queue slots yet. Add some to its queue, or choose a time.":
    "{1} aún no tiene huecos en su cola. Añade alguno o elige una hora.",
  "Every queue slot of {1} is taken for years to come. Add slots to its queue, or choose a time.":
    "Todos los huecos de la cola de {1} están ocupados durante años. Añade huecos o elige una hora.",
  "Choose a number from 1 to {1}.": "Elige un número del 1 al {1}.",
  "Choose at least one weekday.": "Elige al menos un día de la semana.",
  "A weekday is named twice.": "Un día de la semana aparece dos veces.",
  "Choose a day from 1 to 31, or -1 for the last day.": "Elige un día del 1 al 31, o -1 para el último.",
  "Choose a week from 1 to 4, or -1 for the last.": "Elige una semana de la 1 a la 4, o -1 para la última.",
  "Say until when or how often, not both.": "Di hasta cuándo o cuántas veces, no ambas cosas.",
  "This rule ends before it begins. Choose a later end, or an earlier beginning.":
    "Esta regla termina antes de empezar. Elige un final posterior o un comienzo anterior.",
  "The post does not repeat, so there is nothing to stop.":
    "La publicación no se repite, así que no hay nada que detener.",
  "Choose how often it is to come round.": "Elige cada cuánto se repite.",
  "This does not belong to a rule of this kind.": "Esto no va con una regla de este tipo.",
  "Expected: a date such as 2026-12-31.": "Se espera una fecha como 2026-12-31.",
  "Expected: a time with its offset, such as 2026-12-01T09:00:00Z.":
    "Se espera una hora con su desfase, como 2026-12-01T09:00:00Z.",
  "All its channels were disconnected, so it is kept as a draft and repeats no more. Connect a channel, then schedule it anew.":
    "Todos sus canales se desconectaron, así que queda como borrador y ya no se repite. Conecta un canal y prográmala de nuevo.",
  "It no longer goes to {1}, which was disconnected.": "Ya no va a {1}, que se desconectó.",
  "One of its pictures or videos was deleted, so it cannot go out. Choose another, or take it off.":
    "Se eliminó una de sus imágenes o vídeos, así que no puede salir. Elige otro archivo o quítalo.",
  "{1:figure} of its pictures and videos were deleted, so it cannot go out. Choose others, or take them off.":
    "Se eliminaron {1} de sus imágenes y vídeos, así que no puede salir. Elige otros o quítalos.",
  "There are more than 10,000 posts in this time. Ask for a shorter one, or filter.":
    "Hay más de 10 000 publicaciones en este periodo. Elige uno más corto o filtra.",
  "This has to be later than `from`.": "Tiene que ser posterior al comienzo.",
  "One answer covers at most 400 days.": "Se ven como máximo 400 días a la vez.",
  "Name 1 to {1} channels, separated by commas.": "Nombra de 1 a {1} canales, separados por comas.",
  "Say when: kind `at` needs a time.": "Di cuándo: hace falta una hora.",
  "A time goes with kind `at` only.": "Una hora solo va con una publicación programada.",
  "Repeating goes with kind `at` only.": "Solo se repite una publicación con hora.",
};
