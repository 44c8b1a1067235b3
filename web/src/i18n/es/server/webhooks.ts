/** What platforms tell, and what becomes of it. */
export const webhooks: Record<string, string> = {
  "The verify token is not the one in FANFARE_{1}_VERIFY_TOKEN.":
    "El token de verificación no es el de FANFARE_{1}_VERIFY_TOKEN.",
  "There is no secret to verify the request by, so it is not believed. Set FANFARE_{1}_WEBHOOK_SECRET.":
    "No hay ningún secreto con el que verificar la solicitud, así que no se acepta. Configura FANFARE_{1}_WEBHOOK_SECRET.",
  "The signature is missing, or is not of this request.": "Falta la firma, o no es la de esta solicitud.",
  "This was signed for a time that is over, so nothing was done. The platform has to sign it anew.":
    "Esto se firmó para un tiempo que ya pasó, así que no se hizo nada. La plataforma tiene que firmarlo de nuevo.",
  "This was signed in the future, so nothing was done. Look whether the clock of this server is right.":
    "Esto se firmó en el futuro, así que no se hizo nada. Comprueba que el reloj de este servidor esté en hora.",
  "{1} tells nothing here.": "{1} no avisa de nada aquí.",
  "{1} does not say how a post stands.": "{1} no dice cómo está una publicación.",
  "Only a post that is out can be looked at, where the platform's id of it is known.":
    "Solo se puede mirar una publicación que ha salido y cuyo id en la plataforma se conoce.",
  "It is out, but Instagram did not say under which id, so only a person can look at it there.":
    "Está publicada, pero Instagram no dijo con qué identificador, así que solo una persona puede mirarla allí.",
  "A story ends by itself after a day, so there is nothing to find out about it.":
    "Una historia termina sola al cabo de un día, así que no hay nada que averiguar sobre ella.",
  "{1} tells nothing of that kind. Choose one of these: {2}.":
    "{1} no cuenta nada de ese tipo. Elige uno de estos: {2}.",
  "The test is on disk, and much else is read before it. It will show in the list.":
    "La prueba está guardada y antes se lee mucho más. Aparecerá en la lista.",
  "A test is a comment, reaction, mention, post, message, message_status or template.":
    "Una prueba es comment, reaction, mention, post, message, message_status o template.",
  "Its turn comes by itself.": "Le llegará el turno por sí solo.",
  "Say which events are meant: by ids, status, platform, kind, account, from or to.":
    "Indica qué eventos son: por ids, status, platform, kind, account, from o to.",
  "No more than 10,000 events are replayed at once.": "No se repiten más de 10.000 eventos a la vez.",
  "It is under way right now. Try again in a moment.":
    "Se está procesando ahora mismo. Inténtalo de nuevo en un momento.",
  "The program stopped each time this was worked off.":
    "El programa se detuvo cada vez que se procesaba esto.",
  "The database did not take this in: {1}": "La base de datos no aceptó esto: {1}",
  "This is not what the platform sends, so nothing can come of it.":
    "No es lo que envía la plataforma, así que no puede servir para nada.",
  "What the platform sent is no longer there.": "Lo que envió la plataforma ya no está.",
  "The platform tells nothing here any more.": "La plataforma ya no avisa de nada aquí.",
  "Whoever connected this account took the access back on {1}. Connect it again to go on.":
    "Quien conectó esta cuenta retiró el acceso en {1}. Vuelve a conectarla para continuar.",
  "Mail does not leave this installation by that way.": "El correo de esta instalación no sale por ahí.",
  "This installation has no key to verify the request by. Set FANFARE_SENDGRID_WEBHOOK_KEY.":
    "Esta instalación no tiene ninguna clave con la que verificar la solicitud. Configura FANFARE_SENDGRID_WEBHOOK_KEY.",
  "The request was signed too long ago.": "La solicitud se firmó hace demasiado tiempo.",
  "The request could not be read.": "No se pudo leer la solicitud.",
  "The message was called spam.": "El mensaje se marcó como correo no deseado.",
  "The message was not taken.": "El mensaje no se aceptó.",
  "A security alert: somebody signed in with a browser or device that was not seen before.":
    "Un aviso de seguridad: alguien entró con un navegador o dispositivo que no se había visto antes.",
  "A security alert: an API key was made that acts in the person's name.":
    "Un aviso de seguridad: se creó una clave de API que actúa en nombre de la persona.",
  "Sent to owners and admins when a connected account works no more, or ends soon.":
    "Se envía a quienes poseen o administran el espacio cuando una cuenta conectada deja de funcionar o está a punto de hacerlo.",
  "The scope is workspace or installation.": "El ámbito es workspace o installation.",
  "An event is pending, processing, processed, failed or dead_letter.":
    "Un evento está pending, processing, processed, failed o dead_letter.",
  "One of these is no event's id.": "Uno de estos no es el id de ningún evento.",
  "It is not JSON: {1}.": "No es JSON: {1}.",
  "It does not say what it is about.": "No dice de qué trata.",
  "It tells nothing.": "No dice nada.",
  "A change of the feed names no post.": "Un cambio de la página no dice de qué publicación es.",
  "A change of the feed has no {1}.": "Un cambio de la página no tiene {1}.",
  "A mention does not say where it is.": "Una mención no dice dónde está.",
  "A comment has no id.": "Un comentario no tiene id.",
  "A message does not say who it is from.": "Un mensaje no dice de quién es.",
  "A message has no id.": "Un mensaje no tiene id.",
  "Hear what people write to WhatsApp numbers": "Recibe lo que la gente escribe a números de WhatsApp",
  "see what platforms tell, messages from people among it, and which programs are told what happens":
    "ver lo que avisan las plataformas, incluidos los mensajes de la gente, y a qué programas se avisa de lo que ocurre",
  "have what platforms told worked off again, delete it, and say which programs are told what happens":
    "volver a procesar lo que avisaron las plataformas, eliminarlo y decir a qué programas se avisa de lo que ocurre",
  "{1} was not given: {2}. Reconnect and leave every permission ticked.":
    "{1} no recibió: {2}. Reconecta y deja marcados todos los permisos.",
  "{1} does not answer as it should right now. It is asked again by itself.":
    "{1} no responde ahora como debería. Se le vuelve a preguntar solo.",
  "What {1} tells is not chosen for each account.": "Lo que cuenta {1} no se elige cuenta por cuenta.",
  "{1} tells nothing of that name.": "{1} no cuenta nada con ese nombre.",
  "{1} does not let us read what was missed.": "{1} no nos deja leer lo que se perdió.",
  "It is a comment, a reaction, a mention or a share.": "Es comment, reaction, mention o share.",
  "It has no {1}.": "No tiene {1}.",
  "Nothing is to be heard of it; that is chosen under {1}, Hearing.":
    "No debe oírse nada de él; se elige en {1}, Escucha.",
  "{1} does not tell all that is wanted of it.": "{1} no cuenta todo lo que se quiere de él.",
  "{1} was not asked yet to tell what happens on it.":
    "Aún no se ha pedido a {1} que cuente lo que ocurre en él.",
  "Nothing was heard of it for a day, although a post went out. Read what was missed, and see under Webhooks whether requests arrive.":
    "No se ha oído nada de él en un día, aunque salió una publicación. Lee lo que se perdió y mira en Webhooks si llegan solicitudes.",
  "{1} tells what happens on it.": "{1} cuenta lo que ocurre en él.",
  "To be told at once of comments, reactions and shares.":
    "Para saber al momento de comentarios, reacciones y veces compartido.",
  "To read the comments that were missed while nothing was heard.":
    "Para leer los comentarios que se perdieron mientras no se oía nada.",
  "To be told of messages to your Pages.": "Para saber de los mensajes a tus páginas.",
  "Through Facebook: to be told at once of comments and mentions.":
    "A través de Facebook: para saber al momento de comentarios y menciones.",
  "Through Facebook: to be told of messages.": "A través de Facebook: para saber de los mensajes.",
  "With Instagram: to be told of messages.": "Con Instagram: para saber de los mensajes.",
  "Sent to people about what happened to posts and accounts, gathered for five minutes, as each of them wants it.":
    "Se envía a cada persona sobre lo que ha pasado con publicaciones y cuentas, reunido durante cinco minutos, como quiera recibirlo.",
};
