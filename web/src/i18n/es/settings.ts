import type {
  security as englishSecurity,
  settings as englishSettings,
  workspace as englishWorkspace,
} from "../en/settings";
import type { Translation } from "../translation";

/** La cuenta propia y el segundo paso al iniciar sesión. */
export const settings: Translation<typeof englishSettings> = {
  tabs: "Ajustes",
  hint: "Quién eres aquí",
  name: {
    title: "Tu nombre",
    detail: "Los demás lo leen junto a lo que haces.",
    done: "Tu nombre se ha cambiado",
  },
  email: {
    title: "Correo electrónico",
    confirmed: "Confirmado",
    unconfirmed: "Sin confirmar",
    change: "Cambiar el correo",
    another: "Elegir otro correo",
    how: "Enviamos un enlace al correo nuevo y otro al antiguo. El cambio se hace cuando se abren los dos.",
    new: "Correo electrónico nuevo",
    begin: "Empezar el cambio",
    waiting: "El cambio a {{email}} espera confirmación",
    waitingDetail:
      "Abre los enlaces que hemos enviado a los dos correos. Hasta entonces inicias sesión con el antiguo.",
    openBoth: "Esta instalación no envía correo, así que aquí están los dos enlaces. Abre cada uno una vez.",
    linksGone:
      "Sus enlaces se mostraron al empezar el cambio. Si se han perdido, anula el cambio y empieza de nuevo.",
    linkFor: "Enlace para {{email}}",
    callOff: "Anularlo",
    off: "Tu correo se queda como está",
  },
  password: {
    title: "Contraseña",
    detail: "Al cambiarla se cierra la sesión en todos los demás dispositivos.",
    current: "Contraseña actual",
    new: "Contraseña nueva",
    save: "Cambiar la contraseña",
    done: "Tu contraseña se ha cambiado. Se ha cerrado la sesión en los demás dispositivos.",
  },
  language: {
    title: "Idioma de los correos",
    detail: "Lo que te escribimos llega en este idioma, hable lo que hable la interfaz.",
    done: "El idioma de los correos se ha cambiado",
  },
  export: {
    title: "Tus datos",
    detail: "Todo lo que Fanfare guarda sobre ti, en un archivo que los programas pueden leer.",
    action: "Descargar mis datos",
  },
  delete: {
    title: "Eliminar tu cuenta",
    detail:
      "Tu cuenta, tus sesiones y los espacios de trabajo en los que no hay nadie más se eliminan para siempre.",
    action: "Eliminar mi cuenta",
    ask: "¿Eliminar tu cuenta?",
    consequence:
      "No se puede deshacer. Tus publicaciones en espacios con otras personas se quedan allí. Lo programado en espacios solo tuyos ya no sale.",
    type: "Escribe {{email}} para confirmar",
    done: "Tu cuenta se ha eliminado",
  },
};

export const security: Translation<typeof englishSecurity> = {
  hint: "Verificación en dos pasos y dispositivos con sesión",
  title: "Verificación en dos pasos",
  detail:
    "Después de la contraseña, un código de una aplicación en tu teléfono. Quien averigüe tu contraseña sigue sin poder entrar.",
  since: "Activa desde el {{at}}. Al iniciar sesión se te pide un código después de la contraseña.",
  on: "Activa",
  off: "Desactivada",
  left_zero: "No queda ningún código de reserva",
  left_one: "Queda 1 código de reserva",
  left_other: "Quedan {{count}} códigos de reserva",
  few: "Sin ninguno, perder el teléfono significa esperar un día para entrar. Crea otros.",
  newCodes: "Códigos de reserva nuevos",
  code: "Código",
  codeHelp: "De tu aplicación, o un código de reserva.",
  asked: {
    title: "«{{workspace}}» pide a todos la verificación en dos pasos",
    detail:
      "Configúrala aquí abajo y podrás seguir. Son dos minutos y una aplicación como Aegis o 1Password.",
    done: "La verificación en dos pasos está activa, ya puedes seguir",
    goOn: "Seguir",
  },
  setUp: {
    action: "Configurar los dos pasos",
    title: "Configurar la verificación en dos pasos",
    scan: "Abre una aplicación de códigos, como Aegis, 1Password o Google Authenticator, y escanea esto.",
    qr: "Código QR para tu aplicación; lo mismo como texto está debajo",
    cannotScan: "No se puede escanear",
    typeSecret: "Escribe esto en la aplicación, como clave basada en el tiempo.",
    secret: "Clave",
    openApp: "Abrir una aplicación en este dispositivo",
    code: "Código que la aplicación muestra ahora",
    verify: "Activar",
    on: "La verificación en dos pasos está activa",
  },
  codes: {
    now: "Guarda estos códigos ahora. Solo se muestran esta vez.",
    why: "Cada uno te deja entrar una vez cuando no tienes el teléfono a mano. Guárdalos con otros papeles importantes.",
    heading: "Fanfare: códigos de reserva de {{email}}",
    label: "Códigos de reserva",
    download: "Descargar",
    print: "Imprimir",
    kept: "Ya los he guardado",
    fresh: "Tus códigos de reserva nuevos",
    replace: "Los códigos anteriores dejan de funcionar al momento.",
    make: "Crear códigos nuevos",
  },
  end: {
    action: "Desactivar",
    title: "¿Desactivar la verificación en dos pasos?",
    detail:
      "Desde entonces basta tu contraseña para entrar. Los espacios que piden los dos pasos te dejan fuera.",
    done: "La verificación en dos pasos está desactivada",
  },
  devices: {
    unknown: "Navegador desconocido",
    title: "Dispositivos",
    detail: "Dónde tienes la sesión iniciada. Cierra lo que no conozcas y cambia entonces la contraseña.",
    this: "Este dispositivo",
    used: "último uso",
    lasts: "Desde el {{from}}, como máximo hasta el {{to}} si no se usa",
    end: "Cerrar sesión",
    endNamed: "Cerrar la sesión de {{name}}",
    ended: "Se ha cerrado la sesión de {{name}}",
    endOthers: "Cerrar todas las demás",
    askOthers: "¿Cerrar la sesión en todos los demás dispositivos?",
    askOthersDetail:
      "Los navegadores y aplicaciones de los demás sitios tienen que volver a iniciar sesión. Este dispositivo se queda.",
    endedOthers_one: "Se ha cerrado 1 sesión",
    endedOthers_other: "Se han cerrado {{count}} sesiones",
  },
};

export const workspace: Translation<typeof englishWorkspace> = {
  hint: "{{name}}: su nombre, sus reglas y su final",
  onlyManagers: "Solo puede cambiarlo quien es propietario o administrador.",
  name: { title: "Nombre", detail: "Lo que todos ven arriba en el menú." },
  twoFactor: {
    title: "Dos pasos para todos",
    detail: "Quien no los tenga no ve nada de este espacio hasta que los haya configurado.",
    label: "Pedir a todos la verificación en dos pasos",
    first: "Antes la necesitas tú, o te quedarías fuera.",
    ask: "¿Pedir a todos en {{name}} la verificación en dos pasos?",
    consequence:
      "A quien le falte se le lleva a configurarla la próxima vez que abra el espacio. Las publicaciones salen como estaba previsto.",
    confirm: "Pedirla a todos",
    isOn: "Ahora todos necesitan aquí los dos pasos",
    isOff: "Los dos pasos quedan ahora a elección de cada uno",
  },
  another: {
    title: "Otro espacio de trabajo",
    detail:
      "Un espacio por marca o cliente mantiene separadas las cuentas, las publicaciones y las personas.",
    action: "Crear un espacio de trabajo",
    make: "Crear el espacio",
    back: "Volver",
  },
  none: {
    title: "No estás en ningún espacio de trabajo",
    detail: "Crea uno propio o pide a alguien que te invite al suyo.",
  },
  transfer: {
    title: "Ceder",
    detail: "Otra persona pasa a ser propietaria y tú quedas como administrador.",
    action: "Ceder",
    nobody: "Aquí aún no hay nadie más.",
    ask: "¿Ceder {{name}}?",
    consequence: "Solo la nueva persona propietaria puede devolverlo.",
    to: "Nueva persona propietaria",
    choose: "Elige a alguien",
    done: "{{name}} es ahora la persona propietaria",
  },
  leave: {
    title: "Salir",
    detail: "Dejas de ver este espacio. Para volver, alguien de aquí tiene que invitarte.",
    action: "Salir del espacio",
    ask: "¿Salir de {{name}}?",
    consequence: "Lo que has escrito se queda con los demás.",
    done: "Has salido de {{name}}",
  },
  delete: {
    title: "Eliminar el espacio de trabajo",
    detail: "Las cuentas, publicaciones, archivos y el historial se eliminan para todos y para siempre.",
    action: "Eliminar el espacio",
    ask: "¿Eliminar {{name}}?",
    consequence: "No se puede deshacer. Nada de lo programado sale ya.",
    type: "Escribe {{name}} para confirmar",
    done: "{{name}} se ha eliminado",
  },
};
