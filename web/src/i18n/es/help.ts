import type { help as english } from "../en/help";
import type { Translation } from "../translation";

export const help: Translation<typeof english> = {
  title: "{{page}}",
  todo: "Tres cosas que hacer",
  keys: "Pulsa ? para ver todos los atajos de teclado de esta página.",
  home: {
    title: "Inicio",
    purpose: "Inicio es donde empieza el día: qué te necesita, qué sale después y qué ha salido.",
    first:
      "Mira primero “Te necesita”. Ahí solo aparece una publicación o una cuenta cuando tiene que decidir una persona.",
    second: "Revisa lo próximo. Abre una publicación para moverla o cambiarla antes de que salga.",
    third: "Pulsa c para escribir una publicación desde cualquier página.",
  },
  setup: {
    title: "Configuración",
    purpose:
      "Cuatro pasos cortos desde cero hasta la primera publicación. Puedes dejarlo cuando quieras; Inicio te trae de vuelta.",
    first: "Ponle al espacio de trabajo el nombre de la marca o del cliente.",
    second: "Conecta una cuenta. Las cuentas simuladas de pruebas son dos clics y no llegan a nadie.",
    third: "Publica el texto preparado y ábrelo donde ha quedado publicado.",
  },
  compose: {
    title: "Redactar",
    purpose: "Escribe una vez, elige dónde sale y dale a un canal un texto propio donde quede mejor.",
    first: "Elige los canales arriba. Fanfare cuenta y comprueba según las reglas de cada uno.",
    second: "Añade imágenes, con palabras para quien no puede verlas.",
    third: "Elige cuándo sale. Hasta entonces todo se guarda solo como borrador.",
  },
  calendar: {
    title: "Calendario",
    purpose: "El calendario muestra qué sale y cuándo, y cómo ha ido.",
    first: "Elige arriba mes, semana, día o lista.",
    second:
      "Mueve una publicación arrastrándola o con el teclado; en una pantalla táctil, mantenla pulsada antes. Puedes deshacerlo.",
    third: "Abre una publicación para ver dónde está publicada.",
  },
  posts: {
    title: "Publicaciones",
    purpose: "Todas las publicaciones con su estado en cada canal, del primer borrador al justificante.",
    first: "Usa las pestañas para ver qué está programado o te necesita.",
    second: "Abre una publicación para ver cada canal: cuándo salió, el enlace o por qué no.",
    third: "Reintenta, cambia o duplica una publicación desde su panel.",
  },
  queue: {
    title: "Cola",
    purpose:
      "Horas fijas de la semana para cada canal. Una publicación enviada a la cola ocupa la próxima libre.",
    first: "Abre un canal y elige sus huecos, como de lunes a viernes a las nueve.",
    second: "Pulsa un hueco libre para escribir una publicación para él.",
    third: "Mira las próximas horas y abre una publicación que ocupe una para moverla.",
  },
  library: {
    title: "Biblioteca",
    purpose: "Imágenes y vídeos que puedes usar en tantas publicaciones como quieras.",
    first: "Suelta archivos en cualquier punto de la página, o pégalos.",
    second: "Escribe el texto alternativo una vez; todas las publicaciones empiezan con él.",
    third: "Abre un elemento para ver qué publicaciones lo usan.",
  },
  connections: {
    title: "Conexiones",
    purpose: "Cuentas en cuyo nombre puede actuar Fanfare, y los canales que ofrece cada una.",
    first: "Conecta una cuenta: inicias sesión en la plataforma y aceptas allí.",
    second: "Elige en cuáles de sus canales publicas, y pausa uno cuando deba descansar.",
    third: "Reconecta una cuenta cuando diga que el acceso ha terminado.",
  },
  account: {
    title: "Tu cuenta",
    purpose: "Tu nombre, tu correo y tu contraseña, y cómo llevarte tus datos o irte.",
    first: "Escribe tu nombre como te conocen los demás.",
    second: "Cambia tu correo; los dos buzones tienen que estar de acuerdo.",
    third: "Descarga tus datos cuando quieras una copia.",
  },
  security: {
    title: "Seguridad",
    purpose:
      "Lo que mantiene a otros fuera de tu cuenta: el segundo paso al entrar y la lista de dispositivos.",
    first: "Configura la verificación en dos pasos con una aplicación en tu teléfono.",
    second: "Guarda los códigos de reserva en papel; sirven para entrar cuando falta el teléfono.",
    third: "Repasa los dispositivos y cierra la sesión de lo que no conozcas.",
  },
  workspace: {
    title: "Espacio de trabajo",
    purpose: "Cómo se llama el espacio, qué pide a sus personas y cómo se cede o se termina.",
    first: "Ponle el nombre de la marca o del cliente.",
    second: "Pide a todos los dos pasos cuando tú los tengas.",
    third: "Crea otro espacio donde cuentas y personas deban estar separadas.",
  },
  members: {
    title: "Miembros",
    purpose: "Quién trabaja en este espacio y qué puede hacer cada persona.",
    first: "Invita a alguien por correo, o copia el enlace y envíalo tú.",
    second: "Elige el rol más pequeño que baste; abajo está qué puede cada uno.",
    third: "Quita a quien ya no trabaja aquí. Lo que ha escrito se queda.",
  },
  notifications: {
    title: "Avisos",
    purpose:
      "Todo lo que se te ha contado: qué fue de las publicaciones, quién comentó, qué cuenta te necesita.",
    first: "Sigue uno hasta aquello de lo que trata; así queda como leído.",
    second: "Filtra por lo que pasó o por lo que no has leído.",
    third: "Elige en Tu cuenta de qué se te avisa aquí y de qué por correo.",
  },
  webhooks: {
    title: "Webhooks",
    purpose:
      "Lo que las plataformas cuentan a Fanfare: comentarios, reacciones, mensajes y cambios en tus publicaciones.",
    first: "Copia la dirección de una plataforma y ponla en los ajustes de tu aplicación allí.",
    second: "Abre un evento para leer qué dijo la plataforma y qué hizo Fanfare con ello.",
    third: "Filtra los abandonados y trátalos otra vez cuando el motivo haya desaparecido.",
  },
  outgoing: {
    title: "Webhooks salientes",
    purpose:
      "Programas tuyos, o herramientas como n8n, a los que Fanfare cuenta en segundos lo que ha pasado.",
    first: "Crea un destino con la dirección donde escucha tu programa y copia su secreto.",
    second: "Envía una prueba y lee lo que respondió el otro lado.",
    third: "Abre un intento fallido para ver qué se envió y qué hacer, y vuelve a enviarlo.",
  },
  audit: {
    title: "Registro de auditoría",
    purpose: "Todo lo que las personas y Fanfare han hecho en este espacio. Se puede leer, pero no cambiar.",
    first: "Acótalo por persona, tipo de cosa o día; la dirección guarda lo elegido.",
    second: "Abre un suceso para ver todo lo que se anotó.",
    third: "Verifica el registro, o expórtalo para tus archivos.",
  },
  data: {
    title: "Datos",
    purpose: "Cuánto tiempo guarda el espacio lo que solo crece, y un archivo con todo lo que hay en él.",
    first: "Di cuánto tiempo se guarda cada cosa; lo más antiguo se borra por la noche.",
    second: "Haz un archivo; está listo al cabo de un rato y se queda una semana.",
    third: "Guarda bien el archivo: contiene nombres y direcciones de personas.",
  },
  adminAudit: {
    title: "Registro de la instalación",
    purpose:
      "Qué hicieron los administradores y qué espacios de trabajo se eliminaron. Se puede leer, pero no cambiar.",
    first: "Léelo desde arriba; lo más nuevo va primero.",
    second: "Verifícalo para saber si sigue siendo lo que se escribió.",
    third: "Di abajo cuánto tiempo se guarda.",
  },
  users: {
    title: "Personas",
    purpose: "Todas las personas con cuenta en esta instalación, sea cual sea su espacio.",
    first: "Busca a una persona por nombre o correo.",
    second: "Quita el acceso a una cuenta que deba descansar; no se elimina nada de ella.",
    third: "Restablece la contraseña de quien no puede entrar.",
  },
  mail: {
    title: "Correo",
    purpose:
      "Cómo salen los mensajes de esta instalación, qué ha sido de cada uno y con qué palabras se escriben.",
    first: "Envíate una prueba para ver si los mensajes llegan.",
    second: "Abre un mensaje que haya fallado para leer por qué, y envíalo otra vez.",
    third: "Cambia las palabras de un mensaje en «Plantillas».",
  },
  apiKeys: {
    title: "Claves de API",
    purpose:
      "Con las claves, los programas escriben y publican en este espacio dentro de los límites que des a cada una.",
    first: "Crea una clave para cada programa y dale solo lo que necesita.",
    second: "Copia el texto al momento; solo se muestra esa vez.",
    third: "Abre una clave para ver sus llamadas, rotarla o revocarla.",
  },
  pages: {
    title: "Páginas públicas",
    purpose: "Las páginas de privacidad y condiciones que cualquiera puede leer sin iniciar sesión.",
    first: "Lee el texto que hay. Nombra a quien administra esta instalación.",
    second: "Sustitúyelo por el tuyo donde tu asesoría pida más.",
    third: "Restaura el texto original cuando quieras recuperar el de Fanfare.",
  },
};
