import { expect, test } from "vitest";
import { emojiData } from "./emoji-data";

test.each([
  ["en", "waving hand", "Hello", "hello"],
  ["es", "mano saludando", "Hola", "hola"],
])("emoji have names in %s", async (language, label) => {
  const { emojis, categories, skinTones } = await emojiData(language);
  const wave = emojis.find(({ emoji }) => emoji === "👋");
  expect(wave?.label).toBe(label);
  expect(wave?.skins?.dark).toBe("👋🏿");
  expect(emojis.length).toBeGreaterThan(1800);
  const known = new Set(categories.map(({ index }) => index));
  expect(emojis.every(({ category }) => known.has(category))).toBe(true);
  expect(Object.values(skinTones).every(Boolean)).toBe(true);
});
