import type { imports as english } from "../en/imports";
import type { Translation } from "../translation";

export const imports: Translation<typeof english> = {
  label: "Archivos en camino desde cuentas conectadas",
  turn: "Espera su turno",
  turnOf: "Espera su turno, {{total}}",
  progress: "{{received}} de {{total}}",
  soFar: "{{received}} hasta ahora",
  checking: "Comprobando el archivo",
  failed: "{{name}} no ha llegado",
  retry: "Volver a intentarlo",
  retryNamed: "Volver a intentarlo con {{name}}",
  notRetried: "No se vuelve a intentar con {{name}}",
  callOff: "Cancelar {{name}}",
  dismiss: "Descartar {{name}}",
  notCalledOff: "{{name}} no se ha cancelado",
  connection: "Abrir la conexión",
};
