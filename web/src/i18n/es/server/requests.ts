/** What the server says of requests as such. */
export const requests: Record<string, string> = {
  "{1:figure} things need mending.": "Hay {1} cosas que corregir.",
  "This is needed.": "Esto hace falta.",
  "There is no such {1} in this workspace.": "No existe en este espacio de trabajo.",
  "There is no such {1}.": "No existe.",
  "It does not exist, or not in this workspace.": "No existe, o no está en este espacio de trabajo.",
  "There is nothing at this address.": "No hay nada en esta dirección.",
  "There is nothing at this address, or no longer.": "No hay nada en esta dirección, o ya no.",
  "It was changed in the meantime.": "Ha cambiado entretanto.",
  "Something else was changing the same things at that moment, and nothing was saved. Try again.":
    "Otra cosa estaba cambiando lo mismo en ese momento y no se guardó nada. Inténtalo de nuevo.",
  "Fanfare cannot use its database right now, and nothing was saved. Try again in a moment.":
    "Fanfare no puede usar su base de datos ahora mismo y no se ha guardado nada. Inténtalo de nuevo en un momento.",
  "Pictures and videos cannot be read or written right now, and nothing was saved. Try again in a minute; if it stays like this, tell whoever runs this Fanfare.":
    "Las imágenes y los vídeos no se pueden leer ni escribir ahora mismo y no se ha guardado nada. Inténtalo dentro de un minuto; si sigue así, avisa a quien administra este Fanfare.",
  "Something went wrong on our side. Try again; if it stays, tell the administrator the request id.":
    "Algo ha fallado por nuestra parte. Inténtalo de nuevo; si sigue igual, dile a quien administra el número de solicitud.",
  "Another site sent this request, so it was refused. If this is your own installation behind a proxy, check that FANFARE_PUBLIC_URL is the address in your browser.":
    "Esta solicitud vino de otro sitio, así que se rechazó. Si es tu propia instalación tras un proxy, comprueba que FANFARE_PUBLIC_URL sea la dirección de tu navegador.",
  "This Idempotency-Key was used for a different request. Use a new key for each new request.":
    "Esta Idempotency-Key se usó para otra solicitud. Usa una clave nueva para cada solicitud.",
  "This took so long that a repeat of it was begun, which goes on instead. Send it again in a moment to see what it made.":
    "Esto ha tardado tanto que ha empezado una repetición, que es la que sigue. Envíalo otra vez dentro de un momento para ver qué ha creado.",
  "The first request with this Idempotency-Key is still being worked on. Send it again in a moment.":
    "La primera solicitud con esta Idempotency-Key aún se está atendiendo. Envíala de nuevo en un momento.",
  "The request did not arrive in time. Send it again.": "La solicitud no llegó a tiempo. Envíala de nuevo.",
  "The request could not be read.": "No se ha podido leer la solicitud.",
  "This address does not take that method. `Allow` names those it takes.":
    "Esta dirección no admite ese método. `Allow` nombra los que admite.",
  "What was sent is larger than is taken here.": "Lo enviado es más grande de lo que se admite.",
  "What was sent is not of a type that is taken here.": "Lo enviado no es de un tipo que se admita.",
  "The text holds the character U+0000, which cannot be kept. Take it out.":
    "El texto contiene el carácter U+0000, que no se puede guardar. Quítalo.",
  "A page has 1 to 100 items.": "Una página tiene de 1 a 100 elementos.",
  "This is not the next_cursor of a page before.": "No es el next_cursor de una página anterior.",
  "“{1}” is not a state of posts.": "«{1}» no es un estado de publicaciones.",
  "“{1}” is not the id of a person.": "«{1}» no es el identificador de una persona.",
  "“{1}” is not a kind of file. Expected: image, gif or video.":
    "«{1}» no es un tipo de archivo. Se espera: image, gif o video.",
  "There is no such person in this workspace.": "No existe esa persona en este espacio de trabajo.",
  "There is no such channel in this workspace.": "No existe ese canal en este espacio de trabajo.",
  "There is no such connection in this workspace.": "No existe esa conexión en este espacio de trabajo.",
  "There is no such channel in this workspace; it may have been disconnected.":
    "No existe ese canal en este espacio de trabajo; puede que se haya desconectado.",
  "There is no such picture or video in this workspace.":
    "No existe esa imagen o ese vídeo en este espacio de trabajo.",
  "There is no platform named “{1}” here.": "Aquí no hay ninguna plataforma llamada «{1}».",
  "What is not live can be seen nowhere.": "Lo que no está publicado no se puede ver en ninguna parte.",
  "An Idempotency-Key has 1 to {1} plain characters.":
    "Una Idempotency-Key tiene de 1 a {1} caracteres simples.",
};
