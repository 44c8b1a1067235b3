/** Links in messages, two-factor, people of the installation, and what mail is for. */
export const security: Record<string, string> = {
  "You cannot shut yourself out. Ask another administrator.":
    "No puedes cerrarte la entrada. Pídeselo a otra persona que administre.",
  "This is the only administrator who can sign in. Make somebody else administrator first.":
    "Es la única persona que administra y puede entrar. Nombra antes a otra.",
  "This workspace asks its members for two-factor authentication. Set it up for your account, then come back.":
    "Este espacio pide a sus miembros la verificación en dos pasos. Configúrala en tu cuenta y vuelve.",
  "Enter a code of your device, or a backup code.":
    "Escribe un código de tu dispositivo o un código de respaldo.",
  "You are the only owner of “{1}”, and others work there. Make one of them owner, or delete the workspace, and then your account.":
    "Eres la única persona propietaria de «{1}» y otras trabajan allí. Haz propietaria a una de ellas, o elimina el espacio, y después tu cuenta.",
  "You are the only administrator of this installation. Make somebody else administrator first.":
    "Eres la única persona que administra esta instalación. Nombra antes a otra.",
  "This account has two-factor authentication: send a code of the device, or a backup code, too.":
    "Esta cuenta tiene verificación en dos pasos: envía también un código del dispositivo o un código de respaldo.",
  "Messages are written in en and es.": "Los mensajes se escriben en en y es.",
  "This is not your password.": "Esta no es tu contraseña.",
  "This installation sends no mail, so it cannot write to you. Ask an administrator: they can switch two-factor authentication off for you.":
    "Esta instalación no envía correo, así que no puede escribirte. Pide a quien la administra que desactive la verificación en dos pasos de tu cuenta.",
  "This link works from {1} on. Until then the owner of the account can stop it.":
    "Este enlace funciona a partir del {1}. Hasta entonces, quien tiene la cuenta puede detenerlo.",
  "That took too long. Sign in again with your password.":
    "Ha pasado demasiado tiempo. Vuelve a entrar con tu contraseña.",
  "This link has been used, has been replaced by a newer one, or has ended. Ask for a new one.":
    "Este enlace ya se ha usado, se ha sustituido por otro más nuevo o ha caducado. Pide otro.",
  "Two-factor authentication is on already. Switch it off first to set it up with another device.":
    "La verificación en dos pasos ya está activada. Desactívala antes de configurarla con otro dispositivo.",
  "Two-factor authentication is on already.": "La verificación en dos pasos ya está activada.",
  "This code is not right, or was used already. Wait for the next one, or check that your device's clock is right.":
    "Este código no es correcto o ya se ha usado. Espera al siguiente o comprueba que el reloj de tu dispositivo va bien.",
  "Confirm your e-mail address first: follow the link that we sent you, or have it sent again.":
    "Confirma antes tu correo: sigue el enlace que te enviamos o pide que se envíe otra vez.",
  "That was tried too often. Try again in {1} minutes.":
    "Se ha intentado demasiadas veces. Inténtalo de nuevo dentro de {1} minutos.",
  "This message has been sent, is waiting to be sent, or is too old: what it said is no longer here.":
    "Este mensaje ya se ha enviado, espera a enviarse o es demasiado antiguo: lo que decía ya no está aquí.",
  "No mail can be sent yet. Set FANFARE_SMTP_URL or FANFARE_SENDGRID_API_KEY and restart Fanfare.":
    "Todavía no se puede enviar correo. Define FANFARE_SMTP_URL o FANFARE_SENDGRID_API_KEY y reinicia Fanfare.",
  "Nothing is held back from this address.": "No se retiene nada para esta dirección.",
  "There is no such kind of message.": "No existe ese tipo de mensaje.",
  "There is no such message, or it is older than the log goes back.":
    "No existe ese mensaje, o es más antiguo que el registro.",
  "Set up two-factor authentication for your own account first; then you can ask it of the others.":
    "Configura antes la verificación en dos pasos en tu propia cuenta; después podrás pedírsela a los demás.",
  "A message is queued, sent, failed, bounced or suppressed.":
    "Un mensaje está queued, sent, failed, bounced o suppressed.",
  "Sent to somebody who made an account, to prove that the address is theirs.":
    "Se envía a quien ha creado una cuenta, para comprobar que la dirección es suya.",
  "Sent to somebody who has forgotten the password.": "Se envía a quien ha olvidado la contraseña.",
  "Sent to the present address of somebody who wants another one.":
    "Se envía a la dirección actual de quien quiere otra.",
  "Sent to the address that somebody wants to have from now on.":
    "Se envía a la dirección que alguien quiere tener a partir de ahora.",
  "Sent to somebody who is invited into a workspace.": "Se envía a quien recibe una invitación a un espacio.",
  "Sent to somebody who says that the device for the second step is lost.":
    "Se envía a quien dice que ha perdido el dispositivo del segundo paso.",
  "A security alert: the password was changed.": "Un aviso de seguridad: la contraseña ha cambiado.",
  "A security alert to the old address: the account has another one now.":
    "Un aviso de seguridad a la dirección anterior: la cuenta tiene ahora otra.",
  "A security alert: signing in takes a second step now.":
    "Un aviso de seguridad: ahora se entra con un segundo paso.",
  "A security alert: signing in takes no second step any more.":
    "Un aviso de seguridad: ya no se entra con un segundo paso.",
  "A security alert: an administrator switched the second step of signing in off.":
    "Un aviso de seguridad: un administrador desactivó el segundo paso.",
  "A security alert: the recovery of an account whose device was lost is stopped.":
    "Un aviso de seguridad: se detuvo la recuperación de una cuenta cuyo dispositivo se había perdido.",
  "A security alert: there are new backup codes, and the old ones work no more.":
    "Un aviso de seguridad: hay códigos de respaldo nuevos y los anteriores ya no funcionan.",
  "A security alert: the account can be signed in to with another provider now.":
    "Un aviso de seguridad: ahora se puede entrar en la cuenta con otro proveedor.",
  "A security alert: a sign-in with another provider leads into the account no more.":
    "Un aviso de seguridad: un acceso con otro proveedor ya no lleva a la cuenta.",
  "A security alert: there is a new passkey.": "Un aviso de seguridad: hay una clave de acceso nueva.",
  "A security alert: a passkey is gone.": "Un aviso de seguridad: se quitó una clave de acceso.",
  "A security alert: a passkey that looks copied was used, and nobody was let in.":
    "Un aviso de seguridad: se usó una clave de acceso que parece copiada y no se dejó pasar a nadie.",
  "A security alert: somebody signed in with a backup code.":
    "Un aviso de seguridad: alguien ha entrado con un código de respaldo.",
  "Sent by an administrator to see whether mail arrives.":
    "Lo envía quien administra para ver si llega el correo.",
  "Security alerts always come: whoever took your account over would silence them.":
    "Las alertas de seguridad llegan siempre: quien se apoderara de tu cuenta las silenciaría.",
};
