import type { EmojiData } from "frimousse";

interface Written {
  unicode: string;
  label: string;
  group?: number;
  order?: number;
  tags?: string[];
  skins?: { unicode: string }[];
}

interface Names {
  groups: { order: number; message: string }[];
  skinTones: { key: string; message: string }[];
}

/** Parts of other emoji, such as a skin tone alone. */
const COMPONENTS = 2;
const TONES = ["light", "medium-light", "medium", "medium-dark", "dark"] as const;

/** The names of all emoji in a language the interface speaks; they come from here, not from somewhere else. */
export async function emojiData(language: string): Promise<EmojiData> {
  const [emojis, names] =
    language === "es"
      ? await Promise.all([
          import("emojibase-data/es/compact.json"),
          import("emojibase-data/es/messages.json"),
        ])
      : await Promise.all([
          import("emojibase-data/en/compact.json"),
          import("emojibase-data/en/messages.json"),
        ]);
  return read(language, emojis.default as Written[], names.default as Names);
}

function read(locale: string, written: Written[], { groups, skinTones }: Names): EmojiData {
  const toneNames = new Map(skinTones.map(({ key, message }) => [key, message]));
  return {
    locale,
    categories: groups
      .filter(({ order }) => order !== COMPONENTS)
      .map(({ order, message }) => ({ index: order, label: message })),
    skinTones: byTone((tone) => toneNames.get(tone) ?? tone),
    emojis: written
      .filter(({ group }) => group !== undefined && group !== COMPONENTS)
      .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
      .map(({ unicode, label, group, tags, skins }) => ({
        emoji: unicode,
        label,
        category: group ?? 0,
        version: 0,
        tags: tags ?? [],
        // Pairs of people have more than five; which of those is meant cannot be said by one tone.
        ...(skins?.length === TONES.length
          ? { skins: byTone((_, place) => skins[place]?.unicode ?? unicode) }
          : {}),
      })),
  };
}

const byTone = (of: (tone: string, place: number) => string): EmojiData["skinTones"] =>
  Object.fromEntries(TONES.map((tone, place) => [tone, of(tone, place)])) as EmojiData["skinTones"];
