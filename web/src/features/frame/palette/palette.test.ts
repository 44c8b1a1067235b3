import { beforeEach, expect, test } from "vitest";
import { matching, matchScore } from "./match";
import { recentPlaces, rememberPlace } from "./recent";

beforeEach(() => localStorage.clear());

test.each([
  ["con", "Connections", true],
  ["conexion", "Conexiones", true],
  ["conexión", "Conexiones", true],
  ["publicacion", "Publicación", true],
  ["dark the", "Dark theme", true],
  ["theme dark", "Dark theme", true],
  ["nect", "Connections", false],
  ["con x", "Connections", false],
  ["harbour", "harbour.bakery", true],
  ["bakery", "@harbour.bakery", true],
])("“%s” finds “%s”: %s", (typed, name, found) => {
  expect(matchScore(typed, name) !== null).toBe(found);
});

test("the best match comes first, and the order given decides between equals", () => {
  const names = ["New post", "Posts", "Post the first"];
  expect(matching("post", names, (name) => name)).toEqual(["Post the first", "Posts", "New post"]);
  expect(matching("", names, (name) => name)).toEqual(names);
});

test("the last five places of a workspace are kept, each once", () => {
  for (const id of ["1", "2", "3", "4", "5", "6", "3"])
    rememberPlace("ours", { id, kind: "post", title: `Post ${id}`, href: `/posts/${id}` });
  expect(recentPlaces("ours").map(({ id }) => id)).toEqual(["3", "6", "5", "4", "2"]);
  expect(recentPlaces("theirs")).toEqual([]);
});

test("what another version or a stranger wrote is no place to go to", () => {
  localStorage.setItem(
    "fanfare-recent-ours",
    '[{"id":"x","kind":"post","title":"x","href":"https://evil.example"}]',
  );
  expect(recentPlaces("ours")).toEqual([]);
  localStorage.setItem("fanfare-recent-ours", "{");
  expect(recentPlaces("ours")).toEqual([]);
});
