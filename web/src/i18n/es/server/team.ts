/** Members, invitations, workspaces and devices. */
export const team: Record<string, string> = {
  "You can be in up to {1} workspaces. Leave or delete one first.":
    "Puedes estar en un máximo de {1} espacios de trabajo. Abandona o elimina uno antes.",
  "No API key may say whether members need a second factor. Sign in and do it yourself.":
    "Ninguna clave de API puede decidir si los miembros necesitan un segundo factor. Inicia sesión y hazlo tú.",
  "You own this workspace already. Choose another member.":
    "Este espacio de trabajo ya es tuyo. Elige a otro miembro.",
  "This is not its name. Type “{1}” to delete the workspace.":
    "Ese no es su nombre. Escribe «{1}» para eliminar el espacio de trabajo.",
  "Only owners of the workspace decide who is an owner. Ask one of them.":
    "Solo los propietarios del espacio de trabajo deciden quién es propietario. Pídeselo a uno de ellos.",
  "A workspace needs an owner, and this is its only one. Make somebody else an owner first, or delete the workspace.":
    "Un espacio de trabajo necesita un propietario, y este es el único. Haz antes propietaria a otra persona, o elimina el espacio de trabajo.",
  "Enter an e-mail address.": "Escribe un correo electrónico.",
  "Somebody with this e-mail address is a member already. Change their role among the members.":
    "Ya hay un miembro con este correo electrónico. Cambia su rol en la lista de miembros.",
  "A workspace has up to {1} open invitations. Withdraw some first.":
    "Un espacio de trabajo tiene un máximo de {1} invitaciones abiertas. Retira alguna antes.",
  "This invitation was used, replaced or withdrawn, or has expired. Ask whoever invited you for a new one.":
    "Esta invitación ya se usó, se sustituyó, se retiró o ha caducado. Pide otra a quien te invitó.",
  "You are signed in as {1}, and this invitation is for {2}. Sign out, then open the link again.":
    "Has iniciado sesión como {1}, y esta invitación es para {2}. Cierra la sesión y vuelve a abrir el enlace.",
  "There is an account for {1} already. Sign in with it, then open the link again.":
    "Ya existe una cuenta para {1}. Inicia sesión con ella y vuelve a abrir el enlace.",
  "No API key may do this: it is about a person's own account. Sign in and do it yourself.":
    "Ninguna clave de API puede hacer esto: se trata de la cuenta de una persona. Inicia sesión y hazlo tú.",
  "This access token has expired, or its device was signed out. Get a new one with the refresh token, or sign in again.":
    "Este token de acceso ha caducado, o se cerró la sesión de su dispositivo. Consigue otro con el token de renovación, o inicia sesión de nuevo.",
  "This refresh token does not work: it was used before, or the device was signed out. Sign in again.":
    "Este token de renovación no funciona: ya se usó, o se cerró la sesión del dispositivo. Inicia sesión de nuevo.",
};
