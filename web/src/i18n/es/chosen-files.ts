import type { chosenFiles as english } from "../en/chosen-files";
import type { Translation } from "../translation";

export const chosenFiles: Translation<typeof english> = {
  label: "Archivos seleccionados",
  chosen_one: "{{count}} seleccionado",
  chosen_other: "{{count}} seleccionados",
  tag: "Etiquetas…",
  clear: "No seleccionar nada",
  stop: "Parar",
  progress: "{{words}}: {{done}} de {{all}}",
  moving: "Moviendo",
  moveTitle_one: "Mover {{count}} archivo",
  moveTitle_other: "Mover {{count}} archivos",
  tagging: "Cambiando etiquetas",
  tagTitle_one: "Etiquetas de {{count}} archivo",
  tagTitle_other: "Etiquetas de {{count}} archivos",
  tagged_one: "Etiquetas de {{count}} archivo cambiadas",
  tagged_other: "Etiquetas de {{count}} archivos cambiadas",
  addTags: "Añadir",
  removeTags: "Quitar",
  deleting: "Eliminando",
  deleteTitle_one: "¿Eliminar {{count}} archivo?",
  deleteTitle_other: "¿Eliminar {{count}} archivos?",
  deleteDetail_one:
    "{{names}} se quita de la biblioteca para siempre. Las publicaciones ya publicadas lo conservan.",
  deleteDetail_other:
    "{{names}} se quitan de la biblioteca para siempre. Las publicaciones ya publicadas los conservan; los archivos que una publicación aún necesita se quedan.",
  deleted_one: "{{count}} archivo eliminado",
  deleted_other: "{{count}} archivos eliminados",
  failed_one: "{{count}} archivo se ha quedado como estaba",
  failed_other: "{{count}} archivos se han quedado como estaban",
  more_one: "{{count}} más",
  more_other: "{{count}} más",
  leave: "Dejarlos así",
};
