/** Pictures, videos and folders. */
export const files: Record<string, string> = {
  "The picture is too large. {1} Make it smaller and upload it again.":
    "La imagen es demasiado grande. Hazla más pequeña y súbela de nuevo. {1:words}",
  "The file is damaged and cannot be used: {1}. Save it anew and upload that.":
    "El archivo está dañado y no se puede usar: {1:words}. Guárdalo de nuevo y súbelo.",
  "The upload broke off ({1}). Nothing of it was kept; send it again.":
    "La subida se cortó ({1}). No se ha guardado nada; envíalo otra vez.",
  "{1} is larger than {2}, the most that is taken. Make it smaller and upload it again.":
    "Supera los {2}, lo máximo que se admite. Hazlo más pequeño y súbelo de nuevo.",
  "The file has no content. Look whether it was saved or copied to its end, and upload it again.":
    "El archivo no tiene contenido. Mira si se guardó o copió hasta el final y súbelo de nuevo.",
  "The alternative text has {1} characters; at most {2} are taken.":
    "El texto alternativo tiene {1} caracteres; se admiten como máximo {2}.",
  "{1} posts that are not out yet use this file. Take it out there, or delete it once they are published.":
    "{1} publicaciones que aún no han salido usan este archivo. Quítalo de ellas o elimínalo cuando se hayan publicado.",
  "A post that is not out yet uses this file. Take it out there, or delete it once they are published.":
    "Una publicación que aún no ha salido usa este archivo. Quítalo de ella o elimínalo cuando se haya publicado.",
  "{1} is a draft.": "{1:words} es un borrador.",
  "{1} waits for approval.": "{1:words} espera aprobación.",
  "{1} is being published.": "{1:words} se está publicando.",
  "{1} needs attention.": "{1:words} necesita atención.",
  "{1} is scheduled.": "{1:words} está programada.",
  "The file came with other content than the platform says it has. It is fetched anew by itself.":
    "El archivo llegó con otro contenido que el que la plataforma dice que tiene. Se descarga de nuevo solo.",
  "The file came three times with other content than the platform says it has. Look at it there, then try again.":
    "El archivo llegó tres veces con otro contenido que el que la plataforma dice que tiene. Míralo allí y reintenta.",
  "The file could not be kept on our side. It is tried again by itself; if it stays like this, whoever runs the installation finds the reason in its log.":
    "No hemos podido guardar el archivo. Se reintenta solo; si sigue así, quien administra la instalación encontrará el motivo en su registro.",
  "The file could not be kept on our side, for hours. Whoever runs the installation finds the reason in its log; then try again.":
    "No hemos podido guardar el archivo durante horas. Quien administra la instalación encontrará el motivo en su registro; después, reintenta.",
  "A file needs a name.": "Un archivo necesita un nombre.",
  "Pictures are converted to image/jpeg, image/png or image/webp.":
    "Las imágenes se convierten a image/jpeg, image/png o image/webp.",
  "Allow at least {1} bytes.": "Permite al menos {1} bytes.",
  "The part has to lie in the picture, which is {1} × {2}.":
    "La parte tiene que caber en la imagen, que mide {1} × {2}.",
  "The bytes of “{1}” are gone. Upload it again.": "El contenido de «{1}» ha desaparecido. Súbelo de nuevo.",
  "This file is a drawing (SVG).": "Este archivo es un dibujo (SVG).",
  "This file is of the type {1}.": "Este archivo es del tipo {1}.",
  "This file is neither a picture nor a video that is known here.":
    "Este archivo no es una imagen ni un vídeo que se conozca aquí.",
  "Only JPEG, PNG, GIF and WebP pictures and MP4, MOV and WebM videos are taken.":
    "Solo se admiten imágenes JPEG, PNG, GIF y WebP y vídeos MP4, MOV y WebM.",
  "There is no film in this file.": "No hay ningún vídeo en este archivo.",
  "The video’s picture is {1} × {2}. At most {3} pixels on a side are taken; make it smaller and upload it again.":
    "La imagen del vídeo mide {1} × {2}. Se admiten como máximo {3} píxeles por lado; hazla más pequeña y súbelo de nuevo.",
  "Its {1} pictures have {2} million pixels together; at most {3} million are taken.":
    "Sus {1} imágenes suman {2} millones de píxeles; se admiten como máximo {3} millones.",
  "It is {1} × {2}; at most {3} pixels on a side and {4} million in all are taken.":
    "Mide {1} × {2}; se admiten como máximo {3} píxeles por lado y {4} millones en total.",
  "Opening it takes more memory than is allowed.": "Abrirla ocupa más memoria de la permitida.",
  "No picture is that small. Allow more bytes.": "Ninguna imagen es tan pequeña. Permite más bytes.",
  "This file moves: it is a video or an animated picture, and only pictures that stand still can be cropped or converted.":
    "Este archivo se mueve: es un vídeo o una imagen animada, y solo se pueden recortar o convertir imágenes fijas.",
  "Another piece of this file is being received. Wait a moment and ask how far it is.":
    "Se está recibiendo otra parte de este archivo. Espera un momento y pregunta hasta dónde ha llegado.",
  "There is no such upload: it was refused, or not finished within a day. Begin again.":
    "No existe esa subida: se rechazó o no terminó en un día. Empieza de nuevo.",
  "This is a folder. Choose the pictures and videos in it.":
    "Esto es una carpeta. Elige las imágenes y los vídeos que contiene.",
  "There is no such import in this workspace, or it was called off.":
    "No existe esa importación en este espacio de trabajo, o se canceló.",
  "It is on its way already.": "Ya está en camino.",
  "{1} files are on their way already. Wait until some have arrived, or call some off.":
    "Ya hay {1} archivos en camino. Espera a que lleguen algunos o cancela alguno.",
  "{1} has no files that could be taken into the library.":
    "{1} no tiene archivos que se puedan llevar a la biblioteca.",
  "{1} uploads are under way. Finish some of them first.": "Hay {1} subidas en curso. Termina antes alguna.",
  "More was sent than the {1} that are missing of the announced size.":
    "Se ha enviado más de los {1} que faltan del tamaño anunciado.",
  "A piece may have at most {1}.": "Una parte puede tener como máximo {1}.",
  "Say where in the file the piece begins, in the header “Upload-Offset”.":
    "Di en qué punto del archivo empieza la parte, en la cabecera «Upload-Offset».",
  "The offset is a number of bytes.": "El desplazamiento es un número de bytes.",
  "The piece begins at {1}, but the next one begins at {2}. Go on from there; nothing is lost.":
    "La parte empieza en {1}, pero la siguiente empieza en {2}. Sigue desde ahí; no se ha perdido nada.",

  // By an address
  "This is not an address. It begins with https:// and leads to a picture or a video.":
    "No es una dirección. Empieza por https:// y lleva a una imagen o un vídeo.",
  "The file did not come to its end within a minute, or the server broke off. Download it and upload it here.":
    "El archivo no llegó entero en un minuto, o el servidor lo cortó. Descárgalo y súbelo aquí.",
  "The server did not answer in time. Try again, or download the file and upload it here.":
    "El servidor no respondió a tiempo. Inténtalo de nuevo, o descarga el archivo y súbelo aquí.",
  "The server at this address could not be reached. Check the address, or try again later.":
    "No se ha podido acceder al servidor de esta dirección. Revisa la dirección o inténtalo más tarde.",
  "The server answered that there is nothing for us there (HTTP status {1}). Open the address in a private browser window: what is not shown there cannot be fetched.":
    "El servidor respondió que allí no hay nada para nosotros (estado HTTP {1}). Abre la dirección en una ventana privada: lo que no se ve allí no se puede recoger.",
  "The address leads to other addresses again and again, and never to a file.":
    "La dirección lleva una y otra vez a otras direcciones y nunca a un archivo.",
  "Only addresses that begin with https:// can be used.":
    "Solo se pueden usar direcciones que empiecen por https://.",
  "The address must not contain a user name or a password.":
    "La dirección no puede contener un nombre de usuario ni una contraseña.",
  "The address is longer than {1} characters.": "La dirección tiene más de {1} caracteres.",
  "{1} is reached over http://, which anybody on the way can read. Use https://.":
    "A {1} se accede por http://, que cualquiera puede leer por el camino. Usa https://.",

  // Folders and tags
  "There are {1} folders already, the most there can be. Delete one first.":
    "Ya hay {1} carpetas, las máximas que puede haber. Elimina antes una.",
  "“{1}” is not empty: {2}. Move that elsewhere first, or have it moved up.":
    "«{1}» no está vacía: contiene {2:words}. Muévelo antes a otro sitio, o deja que suba un nivel.",
  "There is no such folder in this workspace; it may have been deleted.":
    "No existe esa carpeta en este espacio de trabajo; puede que se haya eliminado.",
  "A folder needs a name.": "Una carpeta necesita un nombre.",
  "“{1}” cannot be moved into itself or a folder inside it.":
    "«{1}» no se puede mover dentro de sí misma ni de una carpeta que contiene.",
  "Folders can lie {1} deep in one another, and this would be deeper.":
    "Las carpetas pueden tener {1} niveles, y esta quedaría más adentro.",
  "There is a folder named “{1}” already. Choose another name, or rename that one first.":
    "Ya hay una carpeta llamada «{1}». Elige otro nombre o cambia antes el de esa.",
  "Somebody has just made a folder of that name there. Choose another name.":
    "Alguien acaba de crear allí una carpeta con ese nombre. Elige otro.",
  "A tag has at most {1} characters; this one has {2}.":
    "Una etiqueta tiene como máximo {1} caracteres; esta tiene {2}.",
  "A file has at most {1} tags; these are {2}.": "Un archivo tiene como máximo {1} etiquetas; estas son {2}.",
};
