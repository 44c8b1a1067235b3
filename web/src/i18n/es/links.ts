import type { links as english } from "../en/links";
import type { Translation } from "../translation";

/** Páginas a las que llevan los enlaces de los correos. */
export const links: Translation<typeof english> = {
  working: "Un momento.",
  failed: "Ahora no se ha podido hacer.",
  broken: "Este enlace ya no funciona",
  brokenDetail: "Puede ser antiguo, haberse usado ya o haberse copiado solo en parte.",
  toFanfare: "Ir a Fanfare",
  backToLogIn: "Volver a iniciar sesión",
  forgot: {
    title: "¿Has olvidado la contraseña?",
    detail: "Te enviamos por correo un enlace para poner otra.",
    send: "Enviar el enlace",
    sent: "Mira tu correo",
    sentDetail:
      "Si hay una cuenta con {{email}}, un enlace va de camino. Funciona durante 30 minutos. Mira también en el correo no deseado.",
    noMail: "Esta instalación no envía correo",
    noMailDetail:
      "Pregunta a quien administra esta instalación: puede darte un enlace para poner otra contraseña.",
  },
  reset: {
    title: "Pon otra contraseña",
    detail: "Se cierra tu sesión en todas partes y entras con la nueva.",
    password: "Contraseña nueva",
    save: "Guardar la contraseña",
    done: "Tu contraseña se ha cambiado",
    doneDetail: "Se ha cerrado tu sesión en todos los dispositivos. Inicia sesión con la contraseña nueva.",
    again: "Pedir otro enlace",
  },
  verify: {
    title: "Confirmando tu correo",
    done: "Tu correo está confirmado",
    doneDetail: "{{email}} es tuyo. Ya puedes publicar.",
    already: "{{email}} ya está confirmado. No queda nada por hacer.",
    logInFirst: "Inicia sesión para recibir otro enlace",
    waiting: "Confirma tu correo",
    waitingDetail: "Abre el enlace que hemos enviado a {{email}}. Puede tardar un minuto en llegar.",
  },
  email: {
    title: "Cambiando tu correo",
    done: "Tu correo se ha cambiado",
    doneDetail: "Desde ahora inicias sesión con el correo nuevo.",
    half: "Falta una confirmación",
    waitingOld: "Abre ahora el enlace que hemos enviado a tu correo antiguo.",
    waitingNew: "Abre ahora el enlace que hemos enviado a tu correo nuevo.",
    logInFirst: "Inicia sesión para confirmar el cambio.",
    toSettings: "Ir a tu cuenta",
  },
  recover: {
    title: "Entrar sin tu dispositivo",
    detail: "La verificación en dos pasos se desactiva y se inicia tu sesión. Después configúrala de nuevo.",
    confirm: "Desactivar los dos pasos y entrar",
    broken: "Ya se usó o se detuvo, o es antiguo.",
    stopTitle: "¿No has sido tú?",
    stopDetail: "Alguien que conoce tu contraseña ha pedido saltarse tu segundo paso. Detenlo aquí.",
    stop: "Detenerlo",
    stopped: "Está detenido",
    stoppedDetail:
      "Tu segundo paso sigue activo. Quien lo pidió conoce tu contraseña, así que pon otra ahora.",
    changePassword: "Poner otra contraseña",
  },
  invitation: {
    loading: "Tu invitación",
    title: "Únete a {{workspace}}",
    detail: "{{name}} invita a {{email}} a este espacio de trabajo. Rol: {{role}}.",
    until: "La invitación termina el {{at}}.",
    broken: "La invitación se usó o se retiró, o ha terminado. Pide otra a quien te invitó.",
    join: "Unirme a {{workspace}}",
    joined: "Ya eres miembro de {{workspace}}",
    logIn: "Iniciar sesión para unirme",
    create: "Crear cuenta y unirme",
    other: "Has iniciado sesión como {{mine}}. La invitación es para {{theirs}}.",
    logOut: "Cerrar sesión y seguir",
    stay: "Seguir con esta sesión",
  },
};
