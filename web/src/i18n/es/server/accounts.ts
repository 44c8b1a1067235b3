/** Accounts, sessions and workspaces. */
export const accounts: Record<string, string> = {
  "The e-mail address or the password is not right. Check both and try again.":
    "El correo electrónico o la contraseña no son correctos. Revisa ambos e inténtalo de nuevo.",
  "Choose a password.": "Elige una contraseña.",
  "The password has {1} characters; it needs {2} or more.":
    "La contraseña tiene {1} caracteres; necesita {2} o más.",
  "The password has {1} characters; at most {2} are taken.":
    "La contraseña tiene {1} caracteres; se admiten como máximo {2}.",
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
  "Write a text. To have Fanfare's own text back, restore the default.":
    "Escribe un texto. Para recuperar el texto de Fanfare, restaura el original.",
  "The text has {1} characters; at most {2} are taken.":
    "El texto tiene {1} caracteres; se admiten como máximo {2}.",
  "You are not a member of any workspace. Ask an administrator to add you to one.":
    "No formas parte de ningún espacio de trabajo. Pide a quien administra que te añada a uno.",
  "This password is your own name or address, or little more.":
    "Esta contraseña es tu nombre o tu correo, o poco más.",
  "This password is among the first that others would try.":
    "Esta contraseña está entre las primeras que otros probarían.",
  "Several words that do not belong together make a good password.":
    "Varias palabras sin relación entre sí forman una buena contraseña.",
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
  "This API key has the scope {1}, but whoever made it is {2} now. To {3}, they need one of these roles: {4}.":
    "Esta clave de API tiene el permiso {1}, pero quien la creó es ahora {2}. Para esto necesita uno de estos roles: {4}.",
  "This API key lacks the scope {1}, which it needs to {2}. Give it that scope, or use another key.":
    "A esta clave de API le falta el permiso {1}, que necesita para esto. Dáselo o usa otra clave.",
  "No API key may {1}. Sign in and do it yourself.":
    "Ninguna clave de API puede hacer esto. Inicia sesión y hazlo tú.",
  "The figures go back 1 to {1} days.": "Las cifras abarcan de 1 a {1} días.",
};
