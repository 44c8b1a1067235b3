/** What verifying the audit log finds, and what is wrong with a question about it. */
export const audit: Record<string, string> = {
  "This event has no place in the chain, though it is no older than the chain: it was added from outside, or its place was taken from it.":
    "Este suceso no tiene lugar en la cadena, aunque no es anterior a ella: se añadió desde fuera o se le quitó su lugar.",
  "The whole log is missing: every workspace's log begins with its making, and nothing is left of it.":
    "Falta el registro entero: el de cada espacio de trabajo comienza con su creación, y no queda nada de él.",
  "This event stands at place {1:figure}, which is another's or lies before the beginning.":
    "Este suceso está en el lugar {1}, que es de otro o queda antes del comienzo.",
  "Who did it, or the details, were changed after it was written (place {1:figure}).":
    "Quién lo hizo o los detalles se cambiaron después de escribirse (lugar {1}).",
  "This event is marked as erased and still tells something: it was changed (place {1:figure}).":
    "Este suceso está marcado como borrado y todavía dice algo: se cambió (lugar {1}).",
  "This event is marked as erased, and no erasure in the log tells of it as it is now (place {1:figure}).":
    "Este suceso está marcado como borrado, y ningún borrado del registro habla de él tal como está ahora (lugar {1}).",
  "The event at place {1:figure} is missing.": "Falta el suceso del lugar {1}.",
  "{1:figure} events are missing, at the places {2:figure} to {3:figure}.":
    "Faltan {1} sucesos, de los lugares {2} a {3}.",
  "The chain's head is missing, so events may be missing at its end too.":
    "Falta la cabeza de la cadena, así que también pueden faltar sucesos al final.",
  "Events stand behind the end of the chain, which is at place {1:figure}: they were added from outside, or the head was put back.":
    "Hay sucesos después del final de la cadena, que está en el lugar {1}: se añadieron desde fuera o se hizo retroceder la cabeza.",
  "The last event is not the one that the chain's head knows.":
    "El último suceso no es el que conoce la cabeza de la cadena.",
  "This event was written at place {1:figure} and stands at place {2:figure}.":
    "Este suceso se escribió en el lugar {1} y está en el lugar {2}.",
  "What was done to what, when, or its hash was changed after it was written (place {1:figure}).":
    "Qué se hizo, a qué, cuándo o su resumen criptográfico se cambió después de escribirse (lugar {1}).",
  "Give a person's id, or fanfare for what Fanfare did by itself.":
    "Indica el id de una persona, o fanfare para lo que Fanfare hizo por sí solo.",
};
