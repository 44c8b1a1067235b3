import { expect, test } from "vitest";
import type { MediaFolder } from "@/api/model";
import { folderChoices, folderTree, pathName, withThoseBelow } from "./folders";

const folder = (id: string, parent: string | null, name = id) =>
  ({ id, parent_id: parent, name, files: 0 }) as MediaFolder;
const all = [folder("rye", "bread", "Rye"), folder("bread", null, "Bread"), folder("shop", null, "Shop")];

test("folders lie in one another, and one whose parent is unknown is not lost", () => {
  const tree = folderTree([...all, folder("lost", "gone")]);
  expect(tree.map(({ folder, inside }) => [folder.id, inside.map((each) => each.folder.id)])).toEqual([
    ["bread", ["rye"]],
    ["shop", []],
    ["lost", []],
  ]);
});

test("a folder is named by the way to it", () => {
  expect(pathName(all, "rye")).toBe("Bread / Rye");
  expect(folderChoices(all).map(({ label }) => label)).toEqual(["Bread", "Bread / Rye", "Shop"]);
});

test("a folder cannot be moved into itself or below", () => {
  expect([...withThoseBelow(all, "bread")].sort()).toEqual(["bread", "rye"]);
});

test("folders in a circle end", () => {
  const circle = [folder("a", "b"), folder("b", "a")];
  expect(pathName(circle, "a")).toBe("b / a");
});
