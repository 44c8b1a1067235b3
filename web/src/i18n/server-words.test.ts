import { afterEach, beforeEach, expect, test } from "vitest";
import { speak } from ".";
import { inOurWords, manifestInOurWords } from "./server-words";

beforeEach(() => speak("es"));
afterEach(() => speak("en"));

test("English is what the server says", async () => {
  await speak("en");
  expect(inOurWords("Write a text.")).toBe("Write a text.");
  expect(inOurWords("It lasts until 5 December 2026.")).toBe("It lasts until 5 December 2026.");
});

test.each([
  ["Write a text.", "Escribe un texto."],
  [
    "The name has 101 characters; at most 100 are taken.",
    "El nombre tiene 101 caracteres; se admiten como máximo 100.",
  ],
  ["Something quite new.", "Something quite new."],
])("a sentence is known whole or with what changes in it, and else stays: %s", (english, spanish) => {
  expect(inOurWords(english)).toBe(spanish);
});

test.each([
  [
    "It is 2.4 : 1; this channel takes at most 1.91 : 1 (width to height). Crop it.",
    "Es 2,4 : 1; este canal admite como máximo 1,91 : 1 (ancho a alto). Recórtala.",
  ],
  [
    "It lasts 1 min 15.5 s; this channel takes at most 1 min.",
    "Dura 1 min 15,5 s; este canal admite como máximo 1 min.",
  ],
  [
    "1,000,001 bytes over the limit of 1,000,000. Emoji and letters with accents take several bytes each.",
    "1.000.001 bytes por encima del límite de 1.000.000. Los emojis y las letras con acento ocupan varios bytes cada uno.",
  ],
  [
    "It has 40.2 million pixels; this channel takes at most 33.2 million pixels.",
    "Tiene 40,2 millones de píxeles; este canal admite como máximo 33,2 millones de píxeles.",
  ],
  ["It lasts until 5 December 2026.", "Dura hasta el 5 de diciembre de 2026."],
  [
    "A post with the same text goes out here on Sat 5 Dec, 09:30 as well. Platforms may hide what is repeated within a day; change the words, or leave one out.",
    "El sáb 5 dic, 09:30 sale aquí otra publicación con el mismo texto. Las plataformas pueden ocultar lo que se repite en un día; cambia las palabras o quita una.",
  ],
  ["Fanfare answers at 10.0.0.1.", "Fanfare responde en 10.0.0.1."],
  ["“5 Decembrists” is named twice.", "«5 Decembrists» aparece dos veces."],
])("dates and figures are those of the language: %s", (english, spanish) => {
  expect(inOurWords(english)).toBe(spanish);
});

test.each([
  ["Write a text, or add a picture or a video.", "Escribe un texto o añade una imagen o un vídeo."],
  [
    "It is a GIF file; this channel takes JPEG, PNG and WebP.",
    "Es un archivo GIF; este canal admite JPEG, PNG y WebP.",
  ],
  ["Handle is needed.", "Hace falta: Alias."],
  ["Cover of a reel is from 0 to 900 seconds.", "Portada de un reel va de 0 a 900 segundos."],
  [
    "It was tried 12 times and did not work. The last answer: Bluesky does not answer as it should, so nothing was done there. It is tried again by itself.",
    "Se ha intentado 12 veces y no ha funcionado. La última respuesta: Bluesky no responde como debería, así que no se ha hecho nada allí. Se reintenta solo.",
  ],
  [
    "It is not known whether the comment was written: the platform did not answer. The platform is asked again by itself.",
    "No se sabe si el comentario se escribió: la plataforma no ha respondido. Se vuelve a preguntar a la plataforma solo.",
  ],
  [
    "“Summer” is not empty: 1 file lies in it and 2 folders lie in it. Move that elsewhere first, or have it moved up.",
    "«Summer» no está vacía: contiene 1 archivo y 2 carpetas. Muévelo antes a otro sitio, o deja que suba un nivel.",
  ],
])("what the server fills in with words of its own is translated too: %s", (english, spanish) => {
  expect(inOurWords(english)).toBe(spanish);
});

test("what people and platforms wrote stays as it is, even where it reads like the server's words", () => {
  expect(inOurWords("Language has no queue slots yet. Add some to its queue, or choose a time.")).toContain(
    "Language ",
  );
  expect(inOurWords("There is no Mastodon instance at $&.{2}. Check the address.")).toContain("$&.{2}");
  expect(inOurWords("Mastodon refused: Text and video are not allowed.")).toBe(
    "Mastodon lo ha rechazado: Text and video are not allowed.",
  );
});

test("sentences after one another are each translated", () => {
  expect(
    inOurWords(
      "It no longer goes to St. Mary's, which was disconnected. Harbour: 3 characters over the limit of 300. Bakery: Write a text.",
    ),
  ).toBe(
    "Ya no va a St. Mary's, que se desconectó. Harbour: 3 caracteres por encima del límite de 300. Bakery: Escribe un texto.",
  );
  expect(inOurWords("Facebook did not accept the text. Facebook says: “Nada de eso. Por favor.”")).toBe(
    "Facebook no ha aceptado el texto. Facebook dice: «Nada de eso. Por favor.»",
  );
  expect(inOurWords("St. Mary's has no queue slots yet. Add some to its queue, or choose a time.")).toBe(
    "St. Mary's aún no tiene huecos en su cola. Añade alguno o elige una hora.",
  );
});

test("of a manifest only what is said to people is translated", () => {
  const field = { id: "Link", name: "Link", label: "Link", help: "The server your account is on." };
  expect(
    manifestInOurWords([
      {
        options: [field],
        setup_steps: ["Under App settings, Basic, copy the App ID and the App secret."],
        limit: 3,
        none: null,
      },
    ]),
  ).toEqual([
    {
      options: [{ id: "Link", name: "Link", label: "Enlace", help: "El servidor en el que está tu cuenta." }],
      setup_steps: [
        "En Configuración de la aplicación, Básica, copia el identificador y la clave secreta de la aplicación.",
      ],
      limit: 3,
      none: null,
    },
  ]);
});
