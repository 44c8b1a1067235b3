import { expect, test } from "vitest";
import type { RemoteFile } from "@/api/model";
import { type Chosen, extended, isChosen, toggled } from "./choice";

const one = (id: string, connectionId = "c1"): Chosen => ({
  connectionId,
  file: { id, name: `${id}.jpg`, kind: "image" } as RemoteFile,
});
const [a, b, c, d] = ["a", "b", "c", "d"].map((id) => one(id)) as [Chosen, Chosen, Chosen, Chosen];
const ids = (chosen: Chosen[]) => chosen.map(({ file }) => file.id).join("");

test("files are chosen in the order in which they are pressed, and the same id of two accounts is two files", () => {
  expect(ids(toggled(toggled(toggled([], c), a), b))).toBe("cab");
  expect(ids(toggled([c, a, b], one("a")))).toBe("cb");
  expect(isChosen([a], one("a", "c2"))).toBe(false);
  expect(toggled([a], one("a", "c2"))).toHaveLength(2);
});

test("all between the last chosen one and another are chosen, in either direction", () => {
  const shown = [a, b, c, d];
  expect(ids(extended([a], shown, c))).toBe("abc");
  expect(ids(extended([d], shown, b))).toBe("dcb");
  expect(ids(extended([b, a], shown, c))).toBe("bac");
});

test("without a last one in view, one alone is chosen", () => {
  expect(ids(extended([], [a, b], b))).toBe("b");
  expect(ids(extended([d], [a, b], b))).toBe("db");
  expect(ids(extended([b, d], [a, b], b))).toBe("bd");
});
