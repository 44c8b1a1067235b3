/** What becomes of posts, deliveries and first comments. */
export const posts: Record<string, string> = {
  "The channel is switched off. Switch it on under Connections, or take it off this post.":
    "El canal está desactivado. Actívalo en Conexiones o quítalo de esta publicación.",
  "The post will wait until you resume the channel under Connections.":
    "La publicación esperará hasta que reanudes el canal en Conexiones.",
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
  "It was tried {1} times and did not work. The last answer: {2:sentences}":
    "Se ha intentado {1} veces y no ha funcionado. La última respuesta: {2:words}",
  "The platform's answer was lost, and it cannot say whether the post is out. Look there, then say here whether it is live; it is not sent again by itself.":
    "La respuesta de la plataforma se perdió y no puede decir si la publicación ha salido. Mira allí y di aquí si está publicada; no se vuelve a enviar sola.",
  "Fanfare was not running when this was due, and it was more than {1} minutes late. Publish it now, choose another time, or cancel it.":
    "Fanfare no estaba en marcha cuando tocaba y pasaron más de {1} minutos. Publícala ahora, elige otra hora o cancélala.",
  "The channel was paused when this was due, and it was more than {1} minutes late. Publish it now, choose another time, or cancel it.":
    "El canal estaba en pausa cuando tocaba y pasaron más de {1} minutos. Publícala ahora, elige otra hora o cancélala.",
  "The channel was disconnected. Connect it again, then try again; nothing was posted.":
    "El canal se desconectó. Conéctalo otra vez y reintenta; no se ha publicado nada.",
  "The channel is switched off. Switch it on under Connections, then try again; nothing was posted.":
    "El canal está desactivado. Actívalo en Conexiones y reintenta; no se ha publicado nada.",
  "It waits, and goes out when the channel is resumed.": "Espera, y sale cuando se reanude el canal.",
  "It waits, and goes out when the post is resumed.": "Espera, y sale cuando se reanude la publicación.",
  "Nothing of this post waits for its time, so there is nothing to pause.":
    "Nada de esta publicación espera su hora, así que no hay nada que pausar.",
  "This post is not paused, so there is nothing to resume.":
    "Esta publicación no está en pausa, así que no hay nada que reanudar.",
  "It is tried again after the channel is resumed.": "Se reintenta cuando se reanude el canal.",
  "The platform asks for fewer calls on this channel. It goes on by itself later.":
    "La plataforma pide menos llamadas en este canal. Seguirá solo más tarde.",
  "A picture or video of this post is gone. Upload it again and edit the post; nothing was posted.":
    "Ha desaparecido una imagen o un vídeo de esta publicación. Súbelo de nuevo y edita la publicación; no se ha publicado nada.",
  "It was not possible to find out whether the post is out. Look at the platform, then say here whether it is live.":
    "No ha sido posible averiguar si la publicación ha salido. Mira en la plataforma y di aquí si está publicada.",
  "It could not be published for hours, and nothing was posted. Try again, or look at the log of attempts.":
    "No se ha podido publicar durante horas y no se ha publicado nada. Reintenta o mira el registro de intentos.",
  "{1} does not answer as it should, so nothing was done there. It is tried again by itself.":
    "{1} no responde como debería, así que no se ha hecho nada allí. Se reintenta solo.",
  "{1} did not answer, so it is not known whether the post went out.":
    "{1} no ha respondido, así que no se sabe si la publicación salió.",
  "{1} no longer accepts this connection, so nothing was done there. Reconnect it.":
    "{1} ya no acepta esta conexión, así que no se ha hecho nada allí. Reconéctala.",
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
  "The platform did not accept our access, although it was renewed just now. Try again, and if it stays like this, reconnect the account.":
    "La plataforma no ha aceptado nuestro acceso, aunque se acaba de renovar. Reintenta y, si sigue así, reconecta la cuenta.",
  "The platform does not answer as it should. Nothing was changed; try again in some minutes.":
    "La plataforma no responde como debería. No ha cambiado nada; inténtalo en unos minutos.",
  "The file {1} is gone from this installation. Upload it again.":
    "El archivo {1} ya no está en esta instalación. Súbelo de nuevo.",
  "The file {1} cannot be read right now, so nothing was posted. It is tried again by itself.":
    "El archivo {1} no se puede leer ahora mismo, así que no se ha publicado nada. Se volverá a intentar solo.",
  "It is live.": "Está publicada.",
  "It is not known whether the post is out, and asking failed: {1:sentences}":
    "No se sabe si la publicación ha salido, y la consulta falló: {1:words}",
  "The delivery is {1}, so there is nothing to try again.":
    "No hay nada que reintentar: la publicación en este canal {1:words}.",
  "Fanfare knows what became of this delivery, so there is nothing to settle.":
    "Fanfare sabe qué ha sido de esta publicación, así que no hay nada que aclarar.",
  "Paste the whole address of the post, beginning with https://.":
    "Pega la dirección completa de la publicación, empezando por https://.",
  "No channel waits for this post: it is out, failed or was cancelled on each. Try again what failed, or duplicate the post to send it anew.":
    "Ningún canal espera esta publicación: en todos ha salido, ha fallado o se canceló. Reintenta lo que falló o duplica la publicación para enviarla de nuevo.",
  "Only a post that was cancelled before anything of it began can be scheduled again like this. Duplicate it instead.":
    "Así solo se puede volver a programar una publicación cancelada antes de empezar. Duplícala en su lugar.",
  "“{1}” on {2} was disconnected here. Connect it again to publish to it.":
    "«{1}» en {2} se desconectó aquí. Conéctalo otra vez para publicar en él.",

  // First comments
  "The comment was tried {1} times and could not be written; the post itself is live. The last answer: {2:sentences}":
    "El comentario se ha intentado {1} veces y no se ha podido escribir; la publicación sí está en línea. La última respuesta: {2:words}",
  "It is not known whether the comment was written: {1:sentences} The platform is asked again by itself.":
    "No se sabe si el comentario se escribió: {1:words} Se vuelve a preguntar a la plataforma solo.",
  "The platform's answer was lost, and it cannot say whether the comment was written. Look below the post, then say here whether it is there; it is not sent again by itself.":
    "La respuesta de la plataforma se perdió y no puede decir si el comentario se escribió. Mira debajo de la publicación y di aquí si está; no se vuelve a enviar solo.",
  "The comment may be out already with its old text, so the text can no longer be changed.":
    "Puede que el comentario ya haya salido con el texto anterior, así que el texto ya no se puede cambiar.",
  "The comment is being written or is there already, so it can no longer be left out.":
    "El comentario se está escribiendo o ya está ahí, así que ya no se puede quitar.",
  "Write the comment, or leave it out.": "Escribe el comentario o quítalo.",
  "The comment is {1}, so {2}.": "El comentario {1:words}, así que {2:words}.",
  "The comment could not be written for hours; the post itself is live. Try again.":
    "El comentario no se ha podido escribir durante horas; la publicación sí está en línea. Reintenta.",
  "The post was confirmed by hand, so its number at the platform is not known here and nothing can be written below it. Write the comment there yourself.":
    "La publicación se confirmó a mano, así que aquí no se conoce su número en la plataforma y no se puede escribir nada debajo. Escribe tú el comentario allí.",
};
