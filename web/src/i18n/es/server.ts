/**
 * Sentences that the server says, in Spanish: by the English ones, in which `{1}` stands for what changes.
 *
 * What is missing here is shown in the server's own words.
 */
export const server: Record<string, string> = {
  // Content
  "Write a text.": "Escribe un texto.",
  "Write a text, or add {1}.": "Escribe un texto o añade {1}.",
  "Write a text, or add a picture or a video.": "Escribe un texto o añade una imagen o un vídeo.",
  "{1} over the limit of {2}.": "{1} por encima del límite de {2}.",
  "{1} over the limit of {2}. Emoji and letters with accents take several bytes each.":
    "{1} por encima del límite de {2}. Los emojis y las letras con acento ocupan varios bytes cada uno.",
  "{1} characters over the limit of {2}.": "{1} caracteres por encima del límite de {2}.",
  "1 character over the limit of {1}.": "1 carácter por encima del límite de {1}.",
  "The alternative text is {1} characters over the limit of {2}.":
    "El texto alternativo supera en {1} caracteres el límite de {2}.",
  "The alternative text is 1 character over the limit of {1}.":
    "El texto alternativo supera en 1 carácter el límite de {1}.",
  "{1} hashtags; this channel takes at most {2}.": "{1} etiquetas; este canal admite como máximo {2}.",
  "{1} mentions; this channel takes at most {2}.": "{1} menciones; este canal admite como máximo {2}.",
  "{1}; this channel takes at most {2} in one post.":
    "{1}; este canal admite como máximo {2} en una publicación.",
  "Nobody can follow {1} there: this channel shows links as plain text.":
    "Allí nadie puede seguir {1}: este canal muestra los enlaces como texto.",
  "This channel needs a picture or a video.": "Este canal necesita una imagen o un vídeo.",
  "This channel needs a picture.": "Este canal necesita una imagen.",
  "This channel needs a video.": "Este canal necesita un vídeo.",
  "This channel takes no pictures and no videos.": "Este canal no admite imágenes ni vídeos.",
  "This channel takes no pictures.": "Este canal no admite imágenes.",
  "This channel takes no videos.": "Este canal no admite vídeos.",
  "Pictures and videos cannot be in one post here. Keep one kind.":
    "Aquí no pueden ir imágenes y vídeos en la misma publicación. Quédate con un tipo.",
  "It is a {1} file; this channel takes {2}.": "Es un archivo {1}; este canal admite {2}.",
  "It has {1}; this channel takes at most {2}.": "Tiene {1}; este canal admite como máximo {2}.",
  "It is {1} wide; this channel needs at least {2}.": "Mide {1} de ancho; este canal necesita al menos {2}.",
  "It is {1}; this channel takes at most {2} (width to height). Crop it.":
    "Es {1}; este canal admite como máximo {2} (ancho a alto). Recórtala.",
  "It is {1}; this channel takes at least {2} (width to height). Crop it.":
    "Es {1}; este canal admite como mínimo {2} (ancho a alto). Recórtala.",
  "It lasts {1}; this channel takes at most {2}.": "Dura {1}; este canal admite como máximo {2}.",
  "It lasts {1}; this channel takes at least {2}.": "Dura {1}; este canal admite como mínimo {2}.",
  "Describe the picture for people who cannot see it.": "Describe la imagen para quienes no pueden verla.",
  "This channel has no option called {1}.": "Este canal no tiene ninguna opción llamada {1}.",
  "A story shows no text, so this text is left out.": "Una historia no muestra texto, así que este se omite.",
  "Facebook shows either pictures or a link card. Put the link into the text, or remove the pictures.":
    "Facebook muestra imágenes o una tarjeta de enlace. Pon el enlace en el texto o quita las imágenes.",
  "The link is not an address. It begins with https://.":
    "El enlace no es una dirección. Empieza por https://.",
  "Instagram takes no post without a picture or a video.":
    "Instagram no admite publicaciones sin una imagen o un vídeo.",
  "Write up to {1} languages by their short names, such as en, es.":
    "Escribe hasta {1} idiomas con su nombre corto, como en, es.",
  "Write the language by its short name, such as en or es.":
    "Escribe el idioma con su nombre corto, como en o es.",

  // Posts
  "The channel is {1}. Switch it on under Connections, or take it off this post.":
    "El canal no está activo ({1}). Actívalo en Conexiones o quítalo de esta publicación.",
  "This time has passed already. Choose a later one, or publish now.":
    "Esta hora ya ha pasado. Elige una posterior o publica ahora.",
  "This time is more than three years away. Choose an earlier one.":
    "Faltan más de tres años para esta hora. Elige una anterior.",
  "Choose at least one channel, or save the post as a draft.":
    "Elige al menos un canal o guarda la publicación como borrador.",
  "The post is out, or may be, on at least one channel, so it stays here as the record of that.":
    "La publicación ha salido, o puede haber salido, en al menos un canal, así que se queda aquí como constancia.",
  "Somebody else changed this post meanwhile. Nothing of yours was saved; reload it and try again.":
    "Otra persona ha cambiado esta publicación entretanto. No se ha guardado nada tuyo; recárgala e inténtalo de nuevo.",
  "Publishing has begun already, so the post can no longer be changed. Wait until it is done.":
    "La publicación ya ha empezado y no se puede cambiar. Espera a que termine.",
  "Publishing has begun or is over, so there is nothing left to cancel.":
    "La publicación ha empezado o ha terminado, así que no queda nada que cancelar.",
  "It was tried {1} times and did not work. The last answer: {2}":
    "Se ha intentado {1} veces y no ha funcionado. La última respuesta: {2}",
  "The platform's answer was lost, and it cannot say whether the post is out. Look there, then say here whether it is live; it is not sent again by itself.":
    "La respuesta de la plataforma se perdió y no puede decir si la publicación ha salido. Mira allí y di aquí si está publicada; no se vuelve a enviar sola.",
  "Fanfare was not running when this was due, and it was more than {1} minutes late. Publish it now, choose another time, or cancel it.":
    "Fanfare no estaba en marcha cuando tocaba y pasaron más de {1} minutos. Publícala ahora, elige otra hora o cancélala.",
  "The channel was disconnected. Connect it again, then try again; nothing was posted.":
    "El canal se desconectó. Conéctalo otra vez y reintenta; no se ha publicado nada.",
  "The channel is switched off or paused. Switch it on under Connections, then try again; nothing was posted.":
    "El canal está desactivado o en pausa. Actívalo en Conexiones y reintenta; no se ha publicado nada.",
  "The platform asks for fewer calls on this channel. It goes on by itself later.":
    "La plataforma pide menos llamadas en este canal. Seguirá solo más tarde.",
  "A picture or video of this post is gone. Upload it again and edit the post; nothing was posted.":
    "Ha desaparecido una imagen o un vídeo de esta publicación. Súbelo de nuevo y edita la publicación; no se ha publicado nada.",
  "It was not possible to find out whether the post is out. Look at the platform, then say here whether it is live.":
    "No ha sido posible averiguar si la publicación ha salido. Mira en la plataforma y di aquí si está publicada.",
  "It could not be published for hours, and nothing was posted. Try again, or look at the log of attempts.":
    "No se ha podido publicar durante horas y no se ha publicado nada. Reintenta o mira el registro de intentos.",
  "{1} does not answer as it should. Nothing was posted; it is tried again by itself.":
    "{1} no responde como debería. No se ha publicado nada; se reintenta solo.",
  "{1} did not answer, so it is not known whether the post went out.":
    "{1} no ha respondido, así que no se sabe si la publicación salió.",
  "{1} no longer accepts this connection. Reconnect it; nothing was posted.":
    "{1} ya no acepta esta conexión. Reconéctala; no se ha publicado nada.",
  "{1} answered something that makes no sense to us. It is tried again by itself.":
    "No entendemos la respuesta de {1}. Se reintenta solo.",
  "{1} allows no more calls for now. It goes on by itself later.":
    "{1} no permite más llamadas por ahora. Seguirá solo más tarde.",
  "{1} asks for fewer calls. Nothing was posted; it goes on by itself later.":
    "{1} pide menos llamadas. No se ha publicado nada; seguirá solo más tarde.",
  "{1} takes no more posts from this account today. It goes on by itself when there is room.":
    "{1} no admite hoy más publicaciones de esta cuenta. Seguirá solo cuando haya sitio.",
  "The platform allows no more calls for now. Nothing was changed; try again in some minutes.":
    "La plataforma no permite más llamadas por ahora. No ha cambiado nada; inténtalo en unos minutos.",
  "The platform does not answer as it should. Nothing was changed; try again in some minutes.":
    "La plataforma no responde como debería. No ha cambiado nada; inténtalo en unos minutos.",
  "The file {1} is gone from this installation. Upload it again.":
    "El archivo {1} ya no está en esta instalación. Súbelo de nuevo.",

  // Accounts
  "The e-mail address or the password is not right. Check both and try again.":
    "El correo electrónico o la contraseña no son correctos. Revisa ambos e inténtalo de nuevo.",
  "Too many attempts to sign in with this address. Try again in {1} minutes.":
    "Demasiados intentos de iniciar sesión con este correo. Inténtalo dentro de {1} minutos.",
  "Choose a password.": "Elige una contraseña.",
  "The password has {1} characters; it needs {2} or more.":
    "La contraseña tiene {1} caracteres; necesita {2} o más.",
  "The password has {1} characters; at most {2} are taken.":
    "La contraseña tiene {1} caracteres; se admiten como máximo {2}.",
  "This password is one pattern repeated or counted through. Several words that do not belong together make a good password.":
    "Esta contraseña repite o recorre un patrón. Varias palabras sin relación entre sí forman una buena contraseña.",
  "This password is your own name or address, or little more. Several words that do not belong together make a good password.":
    "Esta contraseña es tu nombre o tu correo, o poco más. Varias palabras sin relación entre sí forman una buena contraseña.",
  "This password is among the first that others would try. Several words that do not belong together make a good password.":
    "Esta contraseña está entre las primeras que otros probarían. Varias palabras sin relación entre sí forman una buena contraseña.",
  "Enter your e-mail address.": "Escribe tu correo electrónico.",
  "This is not an e-mail address. Write it like name@example.com.":
    "No es un correo electrónico. Escríbelo como nombre@example.com.",
  "New accounts are by invitation only here. Ask an administrator of this installation.":
    "Aquí las cuentas nuevas son solo por invitación. Pídesela a quien administra esta instalación.",
  "An account with this e-mail address exists already. Sign in with it instead.":
    "Ya existe una cuenta con este correo. Inicia sesión con ella.",
  "Enter a name.": "Escribe un nombre.",
  "The name has {1} characters; at most {2} are taken.":
    "El nombre tiene {1} caracteres; se admiten como máximo {2}.",
  "A name is one line without control characters.": "Un nombre es una línea sin caracteres de control.",
  "You are not signed in, or your session has ended. Sign in and try again.":
    "No has iniciado sesión o ha terminado. Inicia sesión e inténtalo de nuevo.",
  "There is no such workspace, or you are not a member of it.":
    "No existe ese espacio de trabajo, o no formas parte de él.",
  "Your role in this workspace is {1}. To {2}, you need one of these: {3}. Ask an owner or admin of the workspace.":
    "Tu rol en este espacio de trabajo es {1}. Para esto hace falta uno de estos: {3}. Pídelo a un propietario o administrador del espacio de trabajo.",
  "Only administrators of this installation may do this.":
    "Solo los administradores de esta instalación pueden hacer esto.",
  "Choose what the key may do.": "Elige qué puede hacer la clave.",
  "“{1}” is nothing that a key can be given.": "“{1}” no es algo que se pueda dar a una clave.",
  "Your role does not allow {1} itself.": "Tu propio rol no permite {1}.",
  "A key may make 1 to {1} calls per minute.": "Una clave puede hacer de 1 a {1} llamadas por minuto.",
  "This time has passed already. Choose a later one, or none.":
    "Esta hora ya ha pasado. Elige una posterior, o ninguna.",
  "At most {1} networks are taken. Write larger ones.":
    "Se admiten como máximo {1} redes. Escribe otras más grandes.",
  "Write an address such as 203.0.113.7, or a network such as 203.0.113.0/24.":
    "Escribe una dirección como 203.0.113.7 o una red como 203.0.113.0/24.",
  "This key was revoked, which is for good. Make a new one.":
    "Esta clave se revocó, y eso es definitivo. Crea otra.",
  "Both texts work together for at most {1} minutes.":
    "Los dos textos funcionan a la vez durante un máximo de {1} minutos.",
  "Write a text. To have Fanfare's own text back, restore the default.":
    "Escribe un texto. Para recuperar el texto de Fanfare, restaura el original.",
  "The text has {1} characters; at most {2} are taken.":
    "El texto tiene {1} caracteres; se admiten como máximo {2}.",
  "{1} things need mending.": "Hay {1} cosas que corregir.",
  "This is needed.": "Esto hace falta.",
  "There is no such {1} in this workspace.": "No existe en este espacio de trabajo.",
  "It does not exist, or not in this workspace.": "No existe, o no está en este espacio de trabajo.",
  "Fanfare cannot use its database right now, and nothing was saved. Try again in a moment.":
    "Fanfare no puede usar su base de datos ahora mismo y no se ha guardado nada. Inténtalo de nuevo en un momento.",
  "Something went wrong on our side. Try again; if it stays, tell the administrator the request id.":
    "Algo ha fallado por nuestra parte. Inténtalo de nuevo; si sigue igual, dile a quien administra el número de solicitud.",

  // Files
  "{1} this file. Take it out there, or delete it once they are published.":
    "Este archivo se usa en publicaciones que aún no han salido. Quítalo de ellas o elimínalo cuando se hayan publicado.",
  "The picture is too large. {1} Make it smaller and upload it again.":
    "La imagen es demasiado grande. Hazla más pequeña y súbela de nuevo. ({1})",
  "The file is damaged and cannot be used: {1}. Save it anew and upload that.":
    "El archivo está dañado y no se puede usar: {1}. Guárdalo de nuevo y súbelo.",
  "The upload broke off ({1}). Nothing of it was kept; send it again.":
    "La subida se cortó ({1}). No se ha guardado nada; envíalo otra vez.",
  "{1} is larger than {2}, the most that is taken. Make it smaller and upload it again.":
    "Supera los {2}, lo máximo que se admite. Hazlo más pequeño y súbelo de nuevo.",
  "The file has no content. Look whether it was saved or copied to its end, and upload it again.":
    "El archivo no tiene contenido. Mira si se guardó o copió hasta el final y súbelo de nuevo.",
  "The alternative text has {1} characters; at most {2} are taken.":
    "El texto alternativo tiene {1} caracteres; se admiten como máximo {2}.",

  // Connecting
  "Give the channel a name.": "Ponle un nombre al canal.",
  "A name may have up to {1} characters.": "Un nombre puede tener hasta {1} caracteres.",
  "You are not signed in in this browser, so nothing is connected. Sign in and connect once more.":
    "No has iniciado sesión en este navegador, así que no se ha conectado nada. Inicia sesión y conecta otra vez.",
  "This sign-in took too long, was used already, or began in another browser, so nothing is connected. Connect once more.":
    "Este inicio de sesión tardó demasiado, ya se usó o empezó en otro navegador, así que no se ha conectado nada. Conecta otra vez.",
  "{1} is not set up on this installation. Whoever runs it has to set {2}.":
    "{1} no está configurado en esta instalación. Quien la administra tiene que definir {2}.",
  "{1} is needed.": "Hace falta: {1}.",
  "{1} says that access was not granted, so nothing is connected.":
    "{1} dice que no se concedió el acceso, así que no se ha conectado nada.",
  "{1} could not sign you in ({2}). Nothing is connected.":
    "{1} no ha podido iniciar tu sesión ({2}). No se ha conectado nada.",
  "{1} sent you back without an answer. Connect once more.":
    "{1} te ha devuelto sin respuesta. Conecta otra vez.",
  "{1} says that this account has nothing to publish to, so nothing is connected. Use another account, or grant access to more there.":
    "{1} dice que esta cuenta no tiene dónde publicar, así que no se ha conectado nada. Usa otra cuenta o concede acceso a más allí.",
  "{1} no longer lists this for the account. Reconnect and choose it there, or switch it off here.":
    "{1} ya no muestra esto para la cuenta. Reconecta y elígelo allí, o desactívalo aquí.",
  "This {1} account is disconnected, so there is nothing to renew. Connect it again.":
    "Esta cuenta de {1} está desconectada, así que no hay nada que renovar. Conéctala otra vez.",
  "What is stored for this {1} account cannot be read with this installation's keys. Reconnect it, or have whoever runs Fanfare restore FANFARE_SECRET_KEYS.":
    "Lo guardado para esta cuenta de {1} no se puede leer con las claves de esta instalación. Reconéctala o pide a quien administra Fanfare que restaure FANFARE_SECRET_KEYS.",
  "{1} is on a private network, which may not be reached from here. The operator can allow it with FANFARE_EGRESS_ALLOW.":
    "{1} está en una red privada a la que no se puede acceder desde aquí. Quien administra puede permitirlo con FANFARE_EGRESS_ALLOW.",
  "No server was found at {1}. Check the address.":
    "No se ha encontrado ningún servidor en {1}. Revisa la dirección.",
  "Facebook was not given: {1}. Reconnect and leave every permission ticked.":
    "A Facebook no se le concedió: {1}. Reconecta y deja marcados todos los permisos.",
  "Instagram was not given: {1}. Reconnect and leave every permission ticked.":
    "A Instagram no se le concedió: {1}. Reconecta y deja marcados todos los permisos.",
  "You may not create content on {1}. Ask an administrator of the Page for that role, then refresh the connection.":
    "No puedes crear contenido en {1}. Pide esa función a quien administra la página y comprueba la conexión.",
  "Write your handle.": "Escribe tu alias.",
  "Paste an app password.": "Pega una contraseña de aplicación.",
  "Paste an access token.": "Pega un token de acceso.",
  "Bluesky does not know this handle. Write it whole, as in you.bsky.social.":
    "Bluesky no conoce este alias. Escríbelo entero, como en tu.bsky.social.",
  "Bluesky does not accept this handle and app password together.":
    "Bluesky no acepta este alias junto con esta contraseña de aplicación.",
  "Write the instance your account is on.": "Escribe la instancia en la que está tu cuenta.",
  "This is no instance's address. Write it as mastodon.social.":
    "No es la dirección de una instancia. Escríbela como mastodon.social.",
  "There is no Mastodon instance at {1}. Check the address.":
    "No hay ninguna instancia de Mastodon en {1}. Revisa la dirección.",
  "There is no Bluesky server at {1}. Check the address.":
    "No hay ningún servidor de Bluesky en {1}. Revisa la dirección.",

  // What platforms say of themselves
  "Post text, links and pictures on Bluesky": "Publica texto, enlaces e imágenes en Bluesky",
  "Post text, links, pictures and videos on Facebook Pages":
    "Publica texto, enlaces, imágenes y vídeos en páginas de Facebook",
  "Post pictures, carousels, reels and stories on professional Instagram accounts":
    "Publica imágenes, carruseles, reels e historias en cuentas profesionales de Instagram",
  "Post text, pictures and videos on any Mastodon instance":
    "Publica texto, imágenes y vídeos en cualquier instancia de Mastodon",
  Handle: "Alias",
  "Your name on Bluesky, without @.": "Tu nombre en Bluesky, sin @.",
  "App password": "Contraseña de aplicación",
  "Make one for Fanfare at Bluesky: Settings, Privacy and security, App passwords. Your own password stays with you.":
    "Crea una para Fanfare en Bluesky: Ajustes, Privacidad y seguridad, Contraseñas de aplicación. Tu propia contraseña se queda contigo.",
  Server: "Servidor",
  "Leave it empty unless your account is with another provider than Bluesky.":
    "Déjalo vacío salvo que tu cuenta esté con un proveedor distinto de Bluesky.",
  Languages: "Idiomas",
  "Up to three, such as en, es: they help people find the post.":
    "Hasta tres, como en, es: ayudan a encontrar la publicación.",
  "Access token": "Token de acceso",
  "A Page's or a person's access token with the permissions below, as the Graph API Explorer or a system user of your business gives it.":
    "El token de acceso de una página o de una persona con los permisos de abajo, como lo da el Explorador de la API Graph o un usuario del sistema de tu empresa.",
  Link: "Enlace",
  "Shown as a card below the text. Without it, the only address in the text becomes the card.":
    "Se muestra como una tarjeta bajo el texto. Sin él, la única dirección del texto se convierte en la tarjeta.",
  "Sign in with": "Iniciar sesión con",
  "Facebook, if the account is linked to a Facebook Page; Instagram, if it stands alone. Both need a business or creator account.":
    "Facebook, si la cuenta está vinculada a una página de Facebook; Instagram, si no lo está. Ambos necesitan una cuenta de empresa o de creador.",
  Format: "Formato",
  "A post takes one to ten pictures or videos, and a video alone becomes a reel. A reel takes one video. A story takes one picture or video, shows no text and is gone after 24 hours.":
    "Una publicación lleva de una a diez imágenes o vídeos, y un vídeo solo se convierte en un reel. Un reel lleva un vídeo. Una historia lleva una imagen o un vídeo, no muestra texto y desaparece a las 24 horas.",
  Post: "Publicación",
  Reel: "Reel",
  Story: "Historia",
  Instance: "Instancia",
  "The server your account is on.": "El servidor en el que está tu cuenta.",
  Visibility: "Visibilidad",
  "Who sees the post.": "Quién ve la publicación.",
  Public: "Pública",
  "Public, but not in timelines of strangers": "Pública, pero no en las cronologías de desconocidos",
  "Only who is mentioned": "Solo quien se menciona",
  "Content warning": "Aviso de contenido",
  "Shown instead of the post until people open it. It counts as part of the text.":
    "Se muestra en lugar de la publicación hasta que se abre. Cuenta como parte del texto.",
  "Sensitive media": "Contenido sensible",
  "Pictures and videos are hidden until people open them.":
    "Las imágenes y los vídeos se ocultan hasta que se abren.",
  Language: "Idioma",
  "By its short name, such as en or es: people choose by it what they see.":
    "Con su nombre corto, como en o es: la gente elige por él lo que ve.",
  "To list the Pages you manage.": "Para listar las páginas que gestionas.",
  "To post on your Pages.": "Para publicar en tus páginas.",
  "To look whether a post went out before it is sent again.":
    "Para mirar si una publicación salió antes de enviarla otra vez.",
  "To list Pages that belong to a business portfolio.":
    "Para listar las páginas que pertenecen a una cartera de empresa.",
  "Through Facebook: to see your Instagram account.":
    "A través de Facebook: para ver tu cuenta de Instagram.",
  "Through Facebook: to post on it.": "A través de Facebook: para publicar en ella.",
  "Through Facebook: to find the Page that the account is linked to.":
    "A través de Facebook: para encontrar la página a la que está vinculada la cuenta.",
  "Through Facebook: to act by way of that Page.":
    "A través de Facebook: para actuar por medio de esa página.",
  "Through Facebook: to find Pages of a business portfolio.":
    "A través de Facebook: para encontrar páginas de una cartera de empresa.",
  "With Instagram: to see your account.": "Con Instagram: para ver tu cuenta.",
  "With Instagram: to post on it.": "Con Instagram: para publicar en ella.",
  "To see which account it is.": "Para ver qué cuenta es.",
  "To publish posts.": "Para publicar.",
  "To upload pictures and videos.": "Para subir imágenes y vídeos.",
};
