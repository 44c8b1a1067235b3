/** What rules say about a post. */
export const content: Record<string, string> = {
  "Write a text.": "Escribe un texto.",
  "Write a text, or add {1}.": "Escribe un texto o añade {1:words}.",
  "{1} over the limit of {2}.": "{1:words} por encima del límite de {2}.",
  "{1} over the limit of {2}. Emoji and letters with accents take several bytes each.":
    "{1:words} por encima del límite de {2}. Los emojis y las letras con acento ocupan varios bytes cada uno.",
  "{1} over the limit of {2}. Most emoji count as two.":
    "{1:words} por encima del límite de {2}. La mayoría de los emojis cuentan como dos.",
  "{1} over the limit of {2}. Each link counts as {3}.":
    "{1:words} por encima del límite de {2}. Cada enlace cuenta como {3}.",
  "The alternative text is {1} over the limit of {2}.":
    "El texto alternativo supera en {1:words} el límite de {2}.",
  "{1:figure} hashtags; this channel takes at most {2}.": "{1} etiquetas; este canal admite como máximo {2}.",
  "{1:figure} mentions; this channel takes at most {2}.": "{1} menciones; este canal admite como máximo {2}.",
  "{1}; this channel takes at most {2} in one post.":
    "{1:words}; este canal admite como máximo {2} en una publicación.",
  "This channel needs {1}.": "Este canal necesita {1:words}.",
  "Nobody can follow {1} there: this channel shows links as plain text.":
    "Allí nadie puede seguir {1}: este canal muestra los enlaces como texto.",
  "This channel takes no pictures and no videos.": "Este canal no admite imágenes ni vídeos.",
  "This channel takes no pictures.": "Este canal no admite imágenes.",
  "This channel takes no videos.": "Este canal no admite vídeos.",
  "Pictures and videos cannot be in one post here. Keep one kind.":
    "Aquí no pueden ir imágenes y vídeos en la misma publicación. Quédate con un tipo.",
  "It is a {1} file; this channel takes {2}.": "Es un archivo {1}; este canal admite {2:words}.",
  "It has {1}; this channel takes at most {2}.": "Tiene {1:words}; este canal admite como máximo {2:words}.",
  "It is {1} wide; this channel needs at least {2}.":
    "Mide {1:words} de ancho; este canal necesita al menos {2}.",
  "It is {1}; this channel takes at most {2} (width to height). Crop it.":
    "Es {1}; este canal admite como máximo {2} (ancho a alto). Recórtala.",
  "It is {1}; this channel takes at least {2} (width to height). Crop it.":
    "Es {1}; este canal admite como mínimo {2} (ancho a alto). Recórtala.",
  "It lasts {1}; this channel takes at most {2}.": "Dura {1}; este canal admite como máximo {2}.",
  "It lasts {1}; this channel takes at least {2}.": "Dura {1}; este canal admite como mínimo {2}.",
  "Describe the picture for people who cannot see it.": "Describe la imagen para quienes no pueden verla.",
  "This channel has no option called {1}.": "Este canal no tiene ninguna opción llamada {1}.",
  "A story shows no text, so this text is left out.": "Una historia no muestra texto, así que este se omite.",
  "Facebook shows either pictures or a link card. Put the link into the text, or remove the pictures.":
    "Facebook muestra imágenes o una tarjeta de enlace. Pon el enlace en el texto o quita las imágenes.",
  "The link is not an address. It begins with https://.":
    "El enlace no es una dirección. Empieza por https://.",
  "Instagram takes no post without a picture or a video.":
    "Instagram no admite publicaciones sin una imagen o un vídeo.",
  "Write up to {1} languages by their short names, such as en, es.":
    "Escribe hasta {1} idiomas con su nombre corto, como en, es.",
  "Write the language by its short name, such as en or es.":
    "Escribe el idioma con su nombre corto, como en o es.",
  "{1} is one of: {2}.": "{1:words} es uno de estos valores: {2}.",
  "{1} is from {2:figure} to {3:figure} {4}.": "{1:words} va de {2} a {3} {4:words}.",
  "{1} must be {2}.": "{1:words} tiene que ser {2:words}.",
  "{1} must be a list of texts.": "{1:words} tiene que ser una lista de textos.",
  "{1} takes at most {2:figure}.": "{1:words} admite como máximo {2}.",
  "{1} has an empty entry.": "{1:words} tiene una entrada vacía.",
  "“{1}” is named twice.": "«{1}» aparece dos veces.",
  "{1} needs a permission that {2} was not asked for or did not give. Reconnect the account and leave every permission ticked, or leave this out.":
    "{1:words} necesita un permiso que no se le pidió a {2} o que no concedió. Reconecta la cuenta y deja marcados todos los permisos, o quítalo.",
  "At most {1} {2} are taken here.": "Aquí se admiten como máximo {1} {2:words}.",
  "This channel is named twice.": "Este canal aparece dos veces.",
  "This file is named twice.": "Este archivo aparece dos veces.",
  "This variant is for a channel that the post does not go to.":
    "Esta variante es para un canal al que no va la publicación.",
  "“{1}” is no user name. Write it as on Instagram: letters, digits, dots and underscores.":
    "«{1}» no es un nombre de usuario. Escríbelo como en Instagram: letras, cifras, puntos y guiones bajos.",
  "A place is the number of its Facebook Page, such as 106377336067638.":
    "Un lugar es el número de su página de Facebook, como 106377336067638.",
  "A story takes no comments. Leave the first comment out.":
    "Una historia no admite comentarios. Quita el primer comentario.",
  "A story takes no collaborators. Leave them out.": "Una historia no admite colaboradores. Quítalos.",
  "A story takes no place. Leave it out.": "Una historia no admite un lugar. Quítalo.",
  "Only reels have this, so it is left out here.": "Solo lo tienen los reels, así que aquí se omite.",
  "The video is over by then. Choose an earlier moment for the cover.":
    "El vídeo ya ha terminado entonces. Elige un momento anterior para la portada.",

  // Kept to write with
  "Give it a name, so that it can be found again.": "Ponle un nombre para poder encontrarlo.",
  "There is a {1} called “{2}” already. Choose another name.": "Ya existe «{2}». Elige otro nombre.",
  "A group has at least one hashtag.": "Un grupo tiene al menos una etiqueta.",
  "A group has up to {1} hashtags.": "Un grupo tiene hasta {1} etiquetas.",
  "A hashtag may have up to {1} characters.": "Una etiqueta puede tener hasta {1} caracteres.",
  "“{1}” is no hashtag: it is one word of letters, digits and “_”, and not of digits alone.":
    "«{1}» no es una etiqueta: es una sola palabra de letras, cifras y «_», y no solo de cifras.",
  "At most {1} bytes of text are taken here.": "Aquí se admiten como máximo {1} bytes de texto.",
  "At most {1} pictures and videos are taken here.": "Aquí se admiten como máximo {1} imágenes y vídeos.",
  "You keep {1} filters already. Delete one that you no longer use.":
    "Ya guardas {1} filtros. Elimina uno que ya no uses.",
  "You keep a filter called “{1}” already. Choose another name.":
    "Ya guardas un filtro llamado «{1}». Elige otro nombre.",
  "The filter takes {1} bytes; at most {2} are kept.":
    "El filtro ocupa {1} bytes; se guardan como máximo {2}.",
};
