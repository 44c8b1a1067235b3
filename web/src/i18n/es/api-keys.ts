import type { apiKeys as english } from "../en/api-keys";
import type { Translation } from "../translation";

/** Claves con las que los programas usan la API. */
export const apiKeys: Translation<typeof english> = {
  title: "Claves de API",
  hint: "Para programas que usan este espacio de trabajo",
  reference: "Lo que pueden llamar",
  new: "Nueva clave",
  make: "Crear la clave",
  emptyTitle: "Aún no hay claves",
  emptyDetail:
    "Una clave permite a un programa escribir y publicar aquí, dentro de los límites que le pongas.",
  by: "de {{name}}",
  scopes_one: "1 permiso",
  scopes_other: "{{count}} permisos",
  neverUsed: "Nunca usada",
  state: {
    active: "Funciona",
    expired: "Caducada",
    revoked: "Revocada",
    without_owner: "Sin dueño",
  },
  name: "Nombre",
  nameHelp: "Qué la usará, como «Sitio web» o «n8n».",
  may: "Puede",
  scope: {
    posts: {
      read: "Ver publicaciones y el calendario",
      write: "Escribir borradores y plantillas",
      publish: "Programar, publicar y cancelar",
    },
    media: {
      read: "Ver y descargar archivos",
      write: "Añadir, cambiar y eliminar archivos",
    },
    channels: {
      read: "Ver canales y colas",
      write: "Cambiar canales y colas",
    },
    connections: {
      read: "Ver las cuentas conectadas",
      write: "Revisar y desconectar cuentas",
    },
    workspace: {
      read: "Ver el espacio de trabajo",
      settings: "Cambiar los ajustes del espacio",
    },
    webhooks: {
      read: "Ver lo que avisan las plataformas",
      manage: "Volver a procesar lo que avisaron las plataformas y eliminarlo",
    },
    audit: {
      read: "Leer el registro de auditoría",
    },
  },
  expires: "Termina",
  inDays_one: "En 1 día",
  inDays_other: "En {{count}} días",
  never: "Nunca",
  keptUntil: "Como está: {{day}}",
  keptForever: "Como está: nunca",
  rate: "Llamadas por minuto",
  rateHelp: "Lo que pase de ahí espera un momento; la respuesta dice cuánto.",
  networks: "Solo desde estas direcciones",
  networksHelp: "Una por línea. Sin ninguna, la clave funciona desde cualquier sitio.",
  change: "Cambiar",
  changeTitle: "Cambiar {{name}}",
  changed: "{{name}} se ha cambiado",
  once: {
    title: "Copia la clave ahora",
    now: "Solo se muestra esta vez.",
    why: "Fanfare no guarda copia. Si se pierde, rota la clave o crea otra.",
    label: "Clave",
    use: "Envíala con cada llamada:",
    done: "Ya la he copiado",
  },
  rotate: {
    action: "Rotar",
    title: "¿Rotar {{name}}?",
    detail:
      "La clave recibe un texto nuevo. El actual sigue funcionando un tiempo, para que puedas poner el nuevo en su sitio.",
    overlap: "El actual sigue durante",
    atOnce: "Termina al momento",
  },
  revoke: {
    action: "Revocar",
    title: "¿Revocar {{name}}?",
    detail: "Lo que la use dejará de funcionar al momento. No se puede deshacer.",
    done: "{{name}} se ha revocado",
  },
  facts: {
    state: "Estado",
    preview: "Se reconoce por",
    made: "Creada",
    madeBy: "{{at}} por {{name}}",
    oldText: "Texto anterior",
    oldUntil: "funciona hasta {{at}}",
    used: "Último uso",
    anywhere: "Desde cualquier sitio",
  },
  usage: {
    title: "Llamadas en los últimos {{count}} días",
    day: "{{day}}: {{calls}}",
    sum_zero: "Ninguna llamada",
    sum_one: "1 llamada, {{refused}} de ellas rechazadas",
    sum_other: "{{calls}} llamadas, {{refused}} de ellas rechazadas",
  },
  log: {
    title: "Últimas llamadas",
    none: "Aún no hay llamadas. Cada una aparece aquí unos segundos después de hacerse.",
    took: "{{ms}} ms",
    older: "Mostrar anteriores",
  },
};
