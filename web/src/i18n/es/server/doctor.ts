/** What the connection doctor finds. */
export const doctor: Record<string, string> = {
  "The platform answers": "La plataforma responde",
  "The check took too long and was ended. Check again in a while.":
    "La comprobación tardó demasiado y se detuvo. Vuelve a comprobar dentro de un rato.",
  "Stored access can be read": "El acceso guardado se puede leer",
  "It opens with this installation’s keys.": "Se abre con las claves de esta instalación.",
  "{1} accepts the access": "{1} acepta el acceso",
  "{1} knows us as acting for {2}.": "{1} nos reconoce en nombre de {2}.",
  "{1} no longer accepts it: it was withdrawn or has ended. Reconnect the account.":
    "{1} ya no lo acepta: se retiró o ha caducado. Reconecta la cuenta.",
  "{1} says that the access has ended. Renew it.": "{1} dice que el acceso ha caducado. Renuévalo.",
  "{1} does not answer as it should right now, so nothing can be said about it. Check again in a while.":
    "{1} no responde ahora como debería, así que no se puede decir nada. Vuelve a comprobar dentro de un rato.",
  "{1} asks for fewer calls right now. Check again later.":
    "{1} pide ahora menos llamadas. Vuelve a comprobar más tarde.",
  "Permissions are complete": "Los permisos están completos",
  "{1} did not give: {2}. Reconnect and leave every permission ticked.":
    "{1} no concedió: {2}. Reconecta y deja marcados todos los permisos.",
  "{1} gives the whole access or none.": "{1} concede el acceso entero o ninguno.",
  "Everything that publishing needs is granted.": "Está concedido todo lo que hace falta para publicar.",
  "{1}; otherwise it can be reached.": "{1:words}; por lo demás, se puede acceder a él.",
  "{1}, and 1 scheduled post waits for it.": "{1:words}, y 1 publicación programada lo espera.",
  "{1}, and {2:figure} scheduled posts wait for it.":
    "{1:words}, y {2} publicaciones programadas lo esperan.",
  "{1} takes nothing more for it for a while. Posts wait and go out by themselves.":
    "{1} no admite nada más en él durante un rato. Las publicaciones esperan y salen solas.",
  "It can be reached and is still ours.": "Se puede acceder a él y sigue siendo nuestro.",
  "The access lasts": "El acceso sigue vigente",
  "It does not end by itself.": "No caduca por sí solo.",
  "It ended on {1}. Nothing goes out until it is renewed.":
    "Caducó el {1}. No sale nada hasta que se renueve.",
  "It ends on {1}, and renewing it failed last time.": "Caduca el {1}, y la última renovación no funcionó.",
  "It ends on {1} and renews itself before.": "Caduca el {1} y se renueva solo antes.",
  "It ends on {1}, and {2} does not let it renew itself. Reconnect before then.":
    "Caduca el {1}, y {2} no permite que se renueve solo. Reconecta antes.",
  "It lasts until {1}.": "Dura hasta el {1}.",
  "Room for more calls": "Margen para más llamadas",
  "{1} asks us to wait. Posts go out by themselves afterwards.":
    "{1} nos pide esperar. Después, las publicaciones salen solas.",
  "{1:figure} % of the allowance is used. Posts may have to wait for a while.":
    "Se ha usado el {1} % del cupo. Puede que las publicaciones tengan que esperar un rato.",
  "{1:figure} % of the allowance is used.": "Se ha usado el {1} % del cupo.",
  "Nothing holds calls back.": "Nada frena las llamadas.",
  "Pictures and videos can be fetched from here": "Las imágenes y los vídeos se pueden recoger desde aquí",
  "The sandbox runs beside Fanfare, so it can. The real {1} could not reach {2}: set FANFARE_PUBLIC_URL before you use it.":
    "El entorno de pruebas está junto a Fanfare, así que puede. El {1} de verdad no podría acceder a {2}: define FANFARE_PUBLIC_URL antes de usarlo.",
  "{1} fetches them itself, and {2} leads nowhere from there. Put Fanfare behind a public address and set FANFARE_PUBLIC_URL.":
    "{1} los recoge por su cuenta, y {2} no lleva a ninguna parte desde allí. Pon Fanfare en una dirección pública y define FANFARE_PUBLIC_URL.",
  "Fanfare answers at {1}.": "Fanfare responde en {1}.",
  "{1} answers with {2:figure}, not as Fanfare does. {3} will probably fail to fetch them; look at the proxy in front of it.":
    "{1} responde con {2}, no como lo hace Fanfare. Es probable que {3} no pueda recogerlos; revisa el proxy que hay delante.",
  "From this machine, {1} does not answer. If {2} cannot reach it either, posts with pictures fail; look at FANFARE_PUBLIC_URL and the proxy.":
    "Desde esta máquina, {1} no responde. Si {2} tampoco puede acceder, las publicaciones con imágenes fallan; revisa FANFARE_PUBLIC_URL y el proxy.",
};
