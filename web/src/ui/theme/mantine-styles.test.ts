import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { CLASSES } from "../../../mantine-styles";

const CORE = resolve(process.cwd(), "node_modules/@mantine/core");

test("whatever of Mantine has classes brings its own style sheet", () => {
  const modules = readdirSync(`${CORE}/esm`, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".module.mjs"))
    .map((file) => `${CORE}/esm/${file}`);
  expect(modules.length).toBeGreaterThan(80);
  const without = modules.filter((file) => {
    const name = CLASSES.exec(file)?.[1];
    return !name || !existsSync(`${CORE}/styles/${name}.layer.css`);
  });
  expect(without).toEqual([]);
});
