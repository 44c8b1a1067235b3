/** What platforms' refusals mean. */
export const refusals: Record<string, string> = {
  "Facebook says: “{1:sentences}”": "Facebook dice: «{1}»",
  "Instagram says: “{1:sentences}”": "Instagram dice: «{1}»",
  "{1} refused: {2:sentences}": "{1} lo ha rechazado: {2:words}",
  "{1} has blocked this account or application from posting for now, because of its rules. Look into the account's support inbox there, and try again later.":
    "{1} ha bloqueado por ahora las publicaciones de esta cuenta o aplicación, por sus normas. Mira el buzón de ayuda de la cuenta allí e inténtalo más tarde.",
  "{1} was not given a permission or role that this needs. Reconnect and leave every permission ticked, or ask for a role that may create content.":
    "A {1} no se le concedió un permiso o una función que hace falta. Reconecta y deja marcados todos los permisos, o pide una función que pueda crear contenido.",
  "{1} says that the application may not do this. Its permissions or products need a review there.":
    "{1} dice que la aplicación no puede hacer esto. Sus permisos o productos necesitan una revisión allí.",
  "{1} says that this sign-in took too long or was used already. Connect once more.":
    "{1} dice que este inicio de sesión tardó demasiado o ya se usó. Conecta otra vez.",
  "{1} does not know this installation's callback address. Enter it in the application's settings there.":
    "{1} no conoce la dirección de retorno de esta instalación. Indícala en los ajustes de la aplicación allí.",
  "{1} says that this account or post does not exist, or that we may not see it. It is tried again by itself; if that does not help, reconnect.":
    "{1} dice que esta cuenta o publicación no existe, o que no podemos verla. Se reintenta solo; si no basta, reconecta.",
  "{1} does not accept our application's secret. Compare it with the one in the application's settings there.":
    "{1} no acepta la clave secreta de nuestra aplicación. Compárala con la de los ajustes de la aplicación allí.",
  "This installation has no {1} application yet, so nobody can sign in there.":
    "Esta instalación aún no tiene una aplicación de {1}, así que nadie puede iniciar sesión allí.",

  // Facebook
  "{1} did not accept a picture. It takes JPEG, PNG and GIF, best below 4 MB.":
    "{1} no ha aceptado una imagen. Admite JPEG, PNG y GIF, mejor por debajo de 4 MB.",
  "{1} could not read a file.": "{1} no ha podido leer un archivo.",
  "{1} says that the same was posted on this Page just before.":
    "{1} dice que lo mismo se publicó hace poco en esta página.",
  "{1} did not accept the content, because of its community standards.":
    "{1} no ha aceptado el contenido, por sus normas comunitarias.",
  "{1} did not accept the text.": "{1} no ha aceptado el texto.",
  "{1} did not accept an address in the text. Correct or remove it.":
    "{1} no ha aceptado una dirección del texto. Corrígela o quítala.",
  "{1} could not read the page behind the link. It must be public.":
    "{1} no ha podido leer la página del enlace. Tiene que ser pública.",
  "{1} does not take this address.": "{1} no admite esta dirección.",
  "{1} does not take links to its own pages here. Use another link.":
    "{1} no admite aquí enlaces a sus propias páginas. Usa otro enlace.",
  "{1} wants you to confirm who you are, or that you may publish for this Page, before it takes more posts. Open the Page there and follow what it asks.":
    "{1} quiere que confirmes quién eres, o que puedes publicar en esta página, antes de admitir más publicaciones. Abre la página allí y sigue lo que pide.",
  "{1} has limited this account for some days.": "{1} ha limitado esta cuenta durante unos días.",
  "{1} did not accept the video. MP4 with H.264 video and AAC sound is safest.":
    "{1} no ha aceptado el vídeo. Lo más seguro es MP4 con vídeo H.264 y sonido AAC.",
  "{1} has lost count of the upload. It is sent again from the beginning.":
    "{1} ha perdido la cuenta de la subida. Se envía otra vez desde el principio.",
  "{1} says that this is not a Page of yours.": "{1} dice que esta página no es tuya.",
  "Facebook could not process the video: {1:sentences}": "Facebook no ha podido procesar el vídeo: {1}",

  // Instagram
  "{1} took this for spam and has blocked the account from posting for now. Look into the app, and wait a day.":
    "{1} lo ha tomado por spam y ha bloqueado por ahora las publicaciones de la cuenta. Mira en la aplicación y espera un día.",
  "{1} has restricted the account. Open the Instagram app and follow what it asks.":
    "{1} ha restringido la cuenta. Abre la aplicación de Instagram y sigue lo que pide.",
  "{1} is not ready with the post. It is tried again by itself.":
    "{1} aún no tiene lista la publicación. Se reintenta solo.",
  "{1} has forgotten the prepared post. It is prepared again by itself.":
    "{1} ha olvidado la publicación preparada. Se prepara otra vez sola.",
  "{1} takes pictures of at most 8 MB.": "{1} admite imágenes de hasta 8 MB.",
  "{1} takes JPEG pictures only.": "{1} solo admite imágenes JPEG.",
  "{1} takes pictures between 4:5 and 1.91:1 only. Crop it.":
    "{1} solo admite imágenes entre 4:5 y 1,91:1. Recórtala.",
  "{1} takes 2 to 10 items in a carousel.": "{1} admite de 2 a 10 elementos en un carrusel.",
  "{1} could not process a file. JPEG, and MP4 with H.264 video and AAC sound, are safest.":
    "{1} no ha podido procesar un archivo. Lo más seguro es JPEG, y MP4 con vídeo H.264 y sonido AAC.",
  "{1} could not fetch a file from this installation, which must be reachable from the internet under its public address.":
    "{1} no ha podido recoger un archivo de esta instalación, a la que se tiene que poder acceder desde internet por su dirección pública.",
  "{1} did not accept a picture.": "{1} no ha aceptado una imagen.",
  "{1} takes captions of at most 2200 characters and 30 hashtags.":
    "{1} admite textos de hasta 2200 caracteres y 30 etiquetas.",
  "{1} takes at most 20 mentions.": "{1} admite como máximo 20 menciones.",
  "{1} does not know one of the collaborators, or they cannot be asked. Correct or remove the name.":
    "{1} no conoce a uno de los colaboradores, o no se le puede preguntar. Corrige o quita el nombre.",
  "{1} found no picture at that moment of the video. Choose an earlier one for the cover.":
    "{1} no ha encontrado ninguna imagen en ese momento del vídeo. Elige uno anterior para la portada.",
  "Instagram takes {1:figure} posts in 24 hours from this account, and all are used. It goes on by itself when there is room.":
    "Instagram admite {1} publicaciones en 24 horas de esta cuenta, y ya se han usado todas. Seguirá solo cuando haya sitio.",
  "Instagram is taking unusually long to process the media. It is asked again by itself.":
    "Instagram tarda más de lo normal en procesar los archivos. Se le vuelve a preguntar solo.",
  "Instagram has forgotten the prepared post before it could be published.":
    "Instagram ha olvidado la publicación preparada antes de que se pudiera publicar.",

  // Mastodon
  "The sign-in took too long or was used already. Connect once more.":
    "El inicio de sesión tardó demasiado o ya se usó. Conecta otra vez.",
  "Mastodon was expected at this server, which answers otherwise.":
    "Se esperaba Mastodon en este servidor, que responde otra cosa.",
  "Mastodon refused.": "Mastodon lo ha rechazado.",
  "Mastodon refused: {1:sentences}.": "Mastodon lo ha rechazado: {1}.",
  "Mastodon allows no more calls for now. It goes on by itself later.":
    "Mastodon no permite más llamadas por ahora. Seguirá solo más tarde.",
  "Mastodon does not let the account post.": "Mastodon no deja publicar a la cuenta.",
  "Mastodon does not let the account post: {1:sentences}.": "Mastodon no deja publicar a la cuenta: {1}.",
  "Mastodon says that the connection may not do this. Reconnect it and allow everything that is asked for.":
    "Mastodon dice que la conexión no puede hacer esto. Reconéctala y permite todo lo que se pide.",
  "Mastodon is still processing the media. It is tried again by itself.":
    "Mastodon aún está procesando los archivos. Se reintenta solo.",
  "Mastodon did not take the post.": "Mastodon no ha aceptado la publicación.",
  "Mastodon did not take the post: {1:sentences}.": "Mastodon no ha aceptado la publicación: {1}.",
  "Mastodon did not take a picture or video.": "Mastodon no ha aceptado una imagen o un vídeo.",
  "Mastodon did not take a picture or video: {1:sentences}.":
    "Mastodon no ha aceptado una imagen o un vídeo: {1}.",
  "Nobody would see a comment below a post that only those it mentions see. Leave it out.":
    "Nadie vería un comentario bajo una publicación que solo ve quien se menciona. Quítalo.",

  // Bluesky
  "Bluesky says that the account is {1}. Nothing can be posted until that changes.":
    "Bluesky dice que la cuenta no está activa ({1:words}). No se puede publicar nada hasta que eso cambie.",
  "Bluesky takes fewer of these characters. Shorten it.":
    "Bluesky admite menos caracteres de estos. Acórtalo.",
  "The post is no longer on Bluesky, so nothing can be written below it.":
    "La publicación ya no está en Bluesky, así que no se puede escribir nada debajo.",
  "The session with Bluesky has ended. It is renewed by itself.":
    "La sesión con Bluesky ha terminado. Se renueva sola.",
  "Bluesky has taken the account down. Nothing can be posted until Bluesky allows it again.":
    "Bluesky ha retirado la cuenta. No se puede publicar nada hasta que Bluesky lo permita de nuevo.",
  "The account is deactivated. Sign in to Bluesky and reactivate it.":
    "La cuenta está desactivada. Inicia sesión en Bluesky y reactívala.",
  "Bluesky asks for a code by e-mail, so this is the account's own password. Make an app password and use that.":
    "Bluesky pide un código por correo, así que esta es la contraseña de la propia cuenta. Crea una contraseña de aplicación y usa esa.",
  "The app password does not allow this. Make a new one at Bluesky and reconnect.":
    "La contraseña de aplicación no permite esto. Crea otra en Bluesky y reconecta.",
  "Bluesky did not take the picture.": "Bluesky no ha aceptado la imagen.",
  "Bluesky did not take the picture: {1:sentences}.": "Bluesky no ha aceptado la imagen: {1}.",
  "Bluesky did not take the post.": "Bluesky no ha aceptado la publicación.",
  "Bluesky did not take the post: {1:sentences}.": "Bluesky no ha aceptado la publicación: {1}.",
  "The server does not answer as a Bluesky server does.":
    "El servidor no responde como un servidor de Bluesky.",
  "Bluesky refused.": "Bluesky lo ha rechazado.",
  "Bluesky refused: {1:sentences}.": "Bluesky lo ha rechazado: {1}.",
  "Bluesky allows no more calls for now. It goes on by itself later.":
    "Bluesky no permite más llamadas por ahora. Seguirá solo más tarde.",

  // Google Drive
  "Google says that whoever manages this account does not allow Fanfare there. Ask them to allow it, then reconnect.":
    "Google dice que quien administra esta cuenta no permite Fanfare allí. Pide que lo permita y reconecta.",
  "Google Drive was not given the permission that this needs. Reconnect and leave every permission ticked.":
    "A Google Drive no se le concedió el permiso que hace falta. Reconecta y deja marcados todos los permisos.",
  "Google Drive was not allowed to show its files, so nothing is connected. Connect once more and leave every permission ticked.":
    "No se permitió que Google Drive mostrara sus archivos, así que no se ha conectado nada. Conecta otra vez y deja marcados todos los permisos.",
  "The access to Google Drive has ended. It is renewed by itself.":
    "El acceso a Google Drive ha terminado. Se renueva solo.",
  "Google Drive allows no more calls for now. It goes on by itself later.":
    "Google Drive no permite más llamadas por ahora. Seguirá solo más tarde.",
  "Google Drive refused.": "Google Drive lo ha rechazado.",
  "Google Drive refused: {1:sentences}.": "Google Drive lo ha rechazado: {1}.",
  "The Google Drive API is not enabled for this installation's application, so no files can be shown. Whoever runs the installation enables it at console.cloud.google.com.":
    "La API de Google Drive no está habilitada para la aplicación de esta instalación, así que no se pueden mostrar archivos. Quien administra la instalación la habilita en console.cloud.google.com.",
  "Google Drive has no such file or folder any more, or does not show it to this account. Look for it there, or choose another.":
    "Google Drive ya no tiene ese archivo o carpeta, o no lo muestra a esta cuenta. Búscalo allí o elige otro.",
  "Google Drive says that the file's owner does not let it be downloaded. Ask them for it, or choose another.":
    "Google Drive dice que el propietario del archivo no deja descargarlo. Pídeselo o elige otro.",
  "Google Drive cannot give this out as a picture or video, because it is a document of its own kind. Choose another.":
    "Google Drive no puede entregarlo como imagen o vídeo, porque es un documento de un tipo propio. Elige otro.",
  "Google Drive does not let Fanfare have this file. Reconnect and leave every permission ticked, or choose another.":
    "Google Drive no deja que Fanfare tenga este archivo. Reconecta y deja marcados todos los permisos, o elige otro.",
  "Google Drive takes this file for harmful and does not give it out. Choose another.":
    "Google Drive considera dañino este archivo y no lo entrega. Elige otro.",
  "Google Drive does not give this file out for now, because it was downloaded too often. Copy it there and take the copy, or try again tomorrow.":
    "Google Drive no entrega este archivo por ahora, porque se ha descargado demasiadas veces. Cópialo allí y toma la copia, o inténtalo mañana.",
  "Google Drive says that this is neither a picture nor a video. Choose another.":
    "Google Drive dice que no es ni una imagen ni un vídeo. Elige otro.",
};
