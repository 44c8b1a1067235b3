/** Connecting accounts, and what can be published to. */
export const connecting: Record<string, string> = {
  "Give the channel a name.": "Ponle un nombre al canal.",
  "A name may have up to {1} characters.": "Un nombre puede tener hasta {1} caracteres.",
  "You are not signed in in this browser, so nothing is connected. Sign in and connect once more.":
    "No has iniciado sesión en este navegador, así que no se ha conectado nada. Inicia sesión y conecta otra vez.",
  "This sign-in took too long, was used already, or began in another browser, so nothing is connected. Connect once more.":
    "Este inicio de sesión tardó demasiado, ya se usó o empezó en otro navegador, así que no se ha conectado nada. Conecta otra vez.",
  "{1} is not set up on this installation. Whoever runs it has to set {2}.":
    "{1} no está configurado en esta instalación. Quien la administra tiene que definir {2:words}.",
  "{1} is needed.": "Hace falta: {1:words}.",
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
  "This {1} account is disconnected, so nothing can be done with it. Connect it again.":
    "Esta cuenta de {1} está desconectada, así que no se puede hacer nada con ella. Conéctala otra vez.",
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
  "{1} cannot be connected.": "{1} no se puede conectar.",
  "This is no server's address. Write it as https://bsky.social, or leave it empty.":
    "No es la dirección de un servidor. Escríbela como https://bsky.social o déjala vacía.",
  "This {1} account is disconnected, so there is nothing to look at. Connect it again.":
    "Esta cuenta de {1} está desconectada, así que no hay nada que comprobar. Conéctala otra vez.",
  "{1} is connected by entering credentials here, not by signing in there.":
    "{1} se conecta con credenciales escritas aquí, no iniciando sesión allí.",
  "{1} is connected by signing in there, not by pasting a token.":
    "{1} se conecta iniciando sesión allí, no pegando un token.",
  "This platform is connected by signing in there, not by pasting a token.":
    "Esta plataforma se conecta iniciando sesión allí, no pegando un token.",
  "Bluesky is connected with an app password, not by signing in there.":
    "Bluesky se conecta con una contraseña de aplicación, no iniciando sesión allí.",
  "There is no field “{1}”.": "No hay ningún campo «{1}».",
  "{1} must be text.": "{1:words} tiene que ser un texto.",
  "{1} is too long.": "{1:words} es demasiado largo.",
  "{1} must be one of {2}.": "{1:words} tiene que ser uno de estos valores: {2}.",
  "Choose facebook or instagram.": "Elige facebook o instagram.",
  "A workspace has up to {1} groups. Delete one first.":
    "Un espacio de trabajo tiene hasta {1} grupos. Elimina antes uno.",
  "Give the group a name.": "Ponle un nombre al grupo.",
  "There is a group called {1} already.": "Ya hay un grupo llamado {1}.",
  "This must be a page of this site, such as /connections.":
    "Tiene que ser una página de este sitio, como /connections.",
  "Facebook shows no Page for this account. Connect again and tick the Pages, or ask for a role on a Page first.":
    "Facebook no muestra ninguna página de esta cuenta. Conecta otra vez y marca las páginas, o pide antes una función en una página.",
  "You may not act for the Page {1} that this account is linked to. Ask for a role there, then refresh the connection.":
    "No puedes actuar por la página {1} a la que está vinculada esta cuenta. Pide allí una función y comprueba la conexión.",
  "None of the Facebook Pages you ticked is linked to a professional Instagram account. Link one in the Page's settings, or sign in with Instagram instead.":
    "Ninguna de las páginas de Facebook que marcaste está vinculada a una cuenta profesional de Instagram. Vincula una en los ajustes de la página o inicia sesión con Instagram.",
  "The platform answered something that makes no sense to us. Nothing was changed; try again, and if it stays like this, look whether the platform has trouble.":
    "No entendemos la respuesta de la plataforma. No ha cambiado nada; inténtalo de nuevo y, si sigue así, mira si la plataforma tiene problemas.",
  "{1} was asked to renew the access to this account, and its answer was lost on the way. It is asked again by itself; if that fails too, reconnect the account.":
    "Se pidió a {1} que renovara el acceso a esta cuenta y su respuesta se perdió por el camino. Se le pregunta de nuevo sin que hagas nada; si también falla, reconecta la cuenta.",
  "This account has no picture, or its platform did not show it.":
    "Esta cuenta no tiene imagen, o su plataforma no la mostró.",
  "The picture of this account may not be fetched. {1}":
    "No se puede recoger la imagen de esta cuenta. {1:words}",
  "The platform did not give the picture of this account. It is asked again in some minutes; syncing the connection learns whether the picture lies elsewhere by now.":
    "La plataforma no entregó la imagen de esta cuenta. Se le pide otra vez en unos minutos; al sincronizar la conexión se averigua si la imagen está ahora en otro sitio.",
  "The picture of this account is larger than {1} MB, the most that is fetched.":
    "La imagen de esta cuenta supera los {1} MB, lo máximo que se recoge.",
  "What the platform keeps as the picture of this account is no PNG, JPEG, WebP or GIF that can be read here, or has too many pixels.":
    "Lo que la plataforma guarda como imagen de esta cuenta no es un PNG, JPEG, WebP o GIF que se pueda leer aquí, o tiene demasiados píxeles.",
  "Too many pictures are being fetched. Ask again in a minute.":
    "Se están recogiendo demasiadas imágenes. Pregunta otra vez dentro de un minuto.",
  "The key by which this access was kept is lost. Reconnect the account.":
    "Se ha perdido la clave con la que se guardaba este acceso. Reconecta la cuenta.",
};
