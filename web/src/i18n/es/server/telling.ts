/** What is said about telling programs outside. */
export const telling: Record<string, string> = {
  "A workspace has 20 webhooks at most. Delete one that is not needed any more.":
    "Un espacio de trabajo tiene como mucho 20 webhooks. Elimina uno que ya no haga falta.",
  "The address is longer than 2048 characters.": "La dirección tiene más de 2048 caracteres.",
  "The address must not contain a user name or a password. Use a header for that.":
    "La dirección no puede contener un nombre de usuario ni una contraseña. Usa una cabecera para eso.",
  "Enter the whole address, beginning with https://.":
    "Escribe la dirección completa, empezando por https://.",
  "A description has 200 characters at most.": "Una descripción tiene como mucho 200 caracteres.",
  "There is no event type named “{1}”.": "No hay ningún tipo de evento llamado «{1}».",
  "A webhook has 10 headers of its own at most.": "Un webhook tiene como mucho 10 cabeceras propias.",
  "The name of a header is made of letters, digits and hyphens.":
    "El nombre de una cabecera se compone de letras, cifras y guiones.",
  "Fanfare sets this header itself.": "Fanfare pone esta cabecera por su cuenta.",
  "This header is named twice.": "Esta cabecera aparece dos veces.",
  "A new header needs a value.": "Una cabecera nueva necesita un valor.",
  "The value of a header is one line of up to 1024 plain characters.":
    "El valor de una cabecera es una línea de hasta 1024 caracteres simples.",
  "This webhook is disabled, so nothing is sent to it. Enable it first.":
    "Este webhook está desactivado, así que no se le envía nada. Actívalo primero.",
  "No such message was sent to this webhook. Name one from its attempts, or say since when to send again.":
    "A este webhook no se le envió ningún mensaje así. Indica uno de sus intentos, o desde cuándo hay que volver a enviar.",
  "The secret cannot be read with this installation's keys, so nothing can be signed. Make a new secret.":
    "El secreto no se puede leer con las claves de esta instalación, así que no se puede firmar nada. Crea un secreto nuevo.",
  "HTTP status {1}. Redirects are not followed. Enter the address that it leads to.":
    "Estado HTTP {1}. No se siguen las redirecciones. Escribe la dirección a la que lleva.",
  "HTTP status {1}. The server does not let us in. Check the headers of this webhook.":
    "Estado HTTP {1}. El servidor no nos deja entrar. Revisa las cabeceras de este webhook.",
  "HTTP status {1}. There is nothing at this address that takes messages. Check the address.":
    "Estado HTTP {1}. En esta dirección no hay nada que reciba mensajes. Revisa la dirección.",
  "HTTP status {1}. The server says that this address is gone for good, so nothing more is sent to it.":
    "Estado HTTP {1}. El servidor dice que esta dirección ya no existe, así que no se le envía nada más.",
  "HTTP status {1}. The server wants fewer messages. It is tried again later.":
    "Estado HTTP {1}. El servidor quiere menos mensajes. Se vuelve a intentar más tarde.",
  "HTTP status {1}. The server failed. Look into its log.":
    "Estado HTTP {1}. El servidor ha fallado. Mira su registro.",
  "HTTP status {1}. The server did not take the message. Only a status from 200 to 299 says that it did.":
    "Estado HTTP {1}. El servidor no aceptó el mensaje. Solo un estado de 200 a 299 dice que sí.",
  "There was no answer within {1} seconds. Answer first, and do the work after that.":
    "No hubo respuesta en {1} segundos. Responde primero y haz el trabajo después.",
  "Sent to owners and admins when nothing more is sent to a webhook, because it is gone or only fails.":
    "Se envía a propietarios y administradores cuando ya no se envía nada a un webhook, porque ya no existe o solo falla.",
  "Both secrets sign for 168 hours at most.": "Los dos secretos firman como mucho durante 168 horas.",
  "An attempt succeeded or failed.": "Un intento salió bien o falló.",
  "Say which message, or since when; one of the two.":
    "Di qué mensaje, o desde cuándo; una de las dos cosas.",
};
