/** Signing in with another provider and with passkeys; how long things are kept, and archives. */
export const waysIn: Record<string, string> = {
  "This must be a page of this site, such as /posts.": "Tiene que ser una página de este sitio, como /posts.",
  "Nobody signs in with another provider here.": "Aquí nadie entra con otro proveedor.",
  "Signing in there did not work, for a reason that is not yours. Try again in some minutes, or sign in with your password.":
    "No se pudo entrar desde allí, por un motivo ajeno a ti. Inténtalo dentro de unos minutos o entra con tu contraseña.",
  "Signing in took too long, was done already, or began in another browser. Begin again.":
    "El acceso tardó demasiado, ya se hizo o empezó en otro navegador. Empieza de nuevo.",
  "The provider says that you did not agree, or that you may not sign in here. Ask whoever runs it, or sign in with your password.":
    "El proveedor dice que no aceptaste o que no puedes entrar aquí. Pregunta a quien lo gestiona o entra con tu contraseña.",
  "This sign-in is linked with another account here, or your account with another sign-in there. Unlink that one first.":
    "Este acceso está vinculado con otra cuenta de aquí, o tu cuenta con otro acceso de allí. Desvincula antes ese.",
  "The provider does not say that your e-mail address is proved, so it cannot be taken as yours. Prove it there, then try again.":
    "El proveedor no dice que tu correo esté comprobado, así que no se puede dar por tuyo. Compruébalo allí e inténtalo otra vez.",
  "There is an account with your address, but nobody has proved the address here. Sign in with the password, then link this sign-in in the security settings.":
    "Hay una cuenta con tu dirección, pero nadie la ha comprobado aquí. Entra con la contraseña y vincula este acceso en los ajustes de seguridad.",
  "This account is shut out. Ask an administrator of this installation.":
    "Esta cuenta no tiene acceso. Pregunta a quien administra esta instalación.",
  "This sign-in is not linked with your account.": "Este acceso no está vinculado con tu cuenta.",
  "You signed in a while ago, and this changes how one gets into your account. Enter your password, or sign out and in again.":
    "Iniciaste sesión hace un rato y esto cambia cómo se entra en tu cuenta. Escribe tu contraseña, o cierra la sesión y vuelve a entrar.",
  "This is the only way into your account. Choose a password first: ask for a link to do so on the page for forgotten passwords.":
    "Es la única forma de entrar en tu cuenta. Elige antes una contraseña: pide un enlace en la página de contraseñas olvidadas.",
  "Browsers take passkeys only at an encrypted address with a name, or at localhost. Have FANFARE_PUBLIC_URL be one.":
    "Los navegadores solo admiten claves de acceso en una dirección cifrada con nombre, o en localhost. Haz que FANFARE_PUBLIC_URL sea una.",
  "That took too long, was answered already, or began in another browser. Try again.":
    "Tardó demasiado, ya se respondió o empezó en otro navegador. Inténtalo otra vez.",
  "An account has up to {1} passkeys. Remove one first.":
    "Una cuenta tiene hasta {1} claves de acceso. Quita antes una.",
  "This passkey is not known here, or its answer does not hold. Try again, or sign in with your password.":
    "Esta clave de acceso no se conoce aquí o su respuesta no es válida. Inténtalo otra vez o entra con tu contraseña.",
  "This passkey looks copied, so it opens nothing. Sign in in another way, remove it in the security settings and make a new one.":
    "Esta clave de acceso parece copiada, así que no abre nada. Entra de otra forma, quítala en los ajustes de seguridad y crea una nueva.",
  "You have no such passkey.": "No tienes esa clave de acceso.",
  "Choose a day or a month at least and ten years at most, or nothing to keep it for good.":
    "Elige al menos un día o un mes y como máximo diez años, o nada para guardarlo siempre.",
  "There are {1} archives already. Delete one of them first.":
    "Ya hay {1} archivos. Elimina antes uno de ellos.",
  "This archive is not ready. Wait until it is, or ask for another one.":
    "Este archivo no está listo. Espera a que lo esté o pide otro.",
};
