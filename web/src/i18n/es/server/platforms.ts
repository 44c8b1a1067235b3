/** What platforms say of themselves: their manifests. */
export const platforms: Record<string, string> = {
  "Post text, links and pictures on Bluesky": "Publica texto, enlaces e imágenes en Bluesky",
  "Post text, links, pictures and videos on Facebook Pages":
    "Publica texto, enlaces, imágenes y vídeos en páginas de Facebook",
  "Post pictures, carousels, reels and stories on professional Instagram accounts":
    "Publica imágenes, carruseles, reels e historias en cuentas profesionales de Instagram",
  "Post text, pictures and videos on any Mastodon instance":
    "Publica texto, imágenes y vídeos en cualquier instancia de Mastodon",
  "Take pictures and videos from Google Drive into the library":
    "Lleva imágenes y vídeos de Google Drive a la biblioteca",
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
  "To sign in with your Google account.": "Para iniciar sesión con tu cuenta de Google.",
  "To show its pictures and videos to everybody who may add files in this workspace, and to take into the library what they choose.":
    "Para mostrar sus imágenes y vídeos a quienes pueden añadir archivos en este espacio de trabajo y llevar a la biblioteca los que elijan.",
  "To publish posts.": "Para publicar.",
  "To upload pictures and videos.": "Para subir imágenes y vídeos.",
  "First comment": "Primer comentario",
  "Written below the post as soon as it is live. If it cannot be, the post stays as it is.":
    "Se escribe debajo de la publicación en cuanto sale. Si no se puede, la publicación se queda como está.",
  Followers: "Seguidores",
  Collaborators: "Colaboradores",
  "Up to three user names. Each is asked by Instagram, and shows the post as theirs too once they agree.":
    "Hasta tres nombres de usuario. Instagram pregunta a cada uno, y cuando acepta muestra la publicación también como suya.",
  Place: "Lugar",
  "The number of a Facebook Page that has an address; its name stands above the post.":
    "El número de una página de Facebook que tenga dirección; su nombre aparece encima de la publicación.",
  "Show a reel in the feed too": "Mostrar un reel también en el feed",
  "Otherwise it is shown under Reels only.": "Si no, solo se muestra en Reels.",
  "Cover of a reel": "Portada de un reel",
  "The moment of the video that serves as its cover. Without it, the first picture does.":
    "El momento del vídeo que sirve de portada. Sin él, sirve la primera imagen.",
  seconds: "segundos",
  "To write the first comment below your posts.":
    "Para escribir el primer comentario debajo de tus publicaciones.",
  "Through Facebook: to write the first comment below your posts.":
    "A través de Facebook: para escribir el primer comentario debajo de tus publicaciones.",
  "With Instagram: to write the first comment below your posts.":
    "Con Instagram: para escribir el primer comentario debajo de tus publicaciones.",

  // Kinds of channels
  account: "cuenta",
  page: "página",
  business: "empresa",
  creator: "creador",

  // Steps to credentials
  "At developers.facebook.com, under My Apps, create an app of the type Business.":
    "En developers.facebook.com, en Mis aplicaciones, crea una aplicación de tipo Empresa.",
  "Add the product Facebook Login for Business, and turn on “Client OAuth login” and “Web OAuth login” in its settings.":
    "Añade el producto Inicio de sesión con Facebook para empresas y activa en sus ajustes «Inicio de sesión de OAuth de cliente» e «Inicio de sesión de OAuth web».",
  "Under App settings, Basic, copy the App ID and the App secret.":
    "En Configuración de la aplicación, Básica, copia el identificador y la clave secreta de la aplicación.",
  "Until Meta has reviewed the app, only people with a role in it can connect. Ask for advanced access to the permissions before others do.":
    "Hasta que Meta revise la aplicación, solo pueden conectar personas con una función en ella. Solicita el acceso avanzado a los permisos antes de que conecten otras.",
  "For accounts that are linked to a Facebook Page, set up Facebook: its application serves Instagram too, and nothing more is needed.":
    "Para cuentas vinculadas a una página de Facebook, configura Facebook: su aplicación sirve también para Instagram y no hace falta nada más.",
  "For accounts that stand alone, add the product Instagram to an app at developers.facebook.com and choose “API setup with Instagram login”.":
    "Para cuentas que no lo están, añade el producto Instagram a una aplicación en developers.facebook.com y elige «Configuración de la API con inicio de sesión de Instagram».",
  "There, copy the Instagram app ID and the Instagram app secret. They are not the Facebook app’s.":
    "Allí, copia el identificador y la clave secreta de la aplicación de Instagram. No son los de la aplicación de Facebook.",
  "At console.cloud.google.com, create a project. Under APIs & Services, Library, enable the Google Drive API.":
    "En console.cloud.google.com, crea un proyecto. En APIs y servicios, Biblioteca, habilita la API de Google Drive.",
  "Under Google Auth Platform, fill in the consent screen, and under Data access add the scope auth/drive.readonly.":
    "En Google Auth Platform, rellena la pantalla de consentimiento y, en Acceso a los datos, añade el permiso auth/drive.readonly.",
  "Under Clients, create an OAuth client of the type Web application, and enter the callback address as an authorized redirect URI.":
    "En Clientes, crea un cliente de OAuth de tipo Aplicación web e indica la dirección de retorno como URI de redireccionamiento autorizado.",
  "Copy the client ID and the client secret. Google shows the secret only once.":
    "Copia el ID y el secreto del cliente. Google muestra el secreto una sola vez.",
  "Reading files is a restricted scope at Google. While the app is in testing, only the test users that you list can connect, and each has to reconnect after 7 days.":
    "Leer archivos es un permiso restringido en Google. Mientras la aplicación está en pruebas, solo pueden conectar los usuarios de prueba que indiques, y cada uno tiene que reconectar a los 7 días.",
  "An app of the user type Internal, for the people of one Google Workspace, needs no review and has no such end. Any other app has to be verified by Google.":
    "Una aplicación de tipo de usuario Interno, para las personas de un Google Workspace, no necesita revisión ni tiene ese límite. Cualquier otra tiene que verificarla Google.",
};
