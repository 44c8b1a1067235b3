import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from "@mantine/core";
import { expect, test } from "vitest";
import { resolveVariables } from "./resolve-variables";
import { theme } from "./theme";

test("variables.css is what the theme says; `npm run theme` writes it again", async () => {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme);
  const base = defaultCssVariablesResolver(merged);
  const own = resolveVariables(merged);
  const css = convertCssVariables({
    variables: { ...base.variables, ...own.variables },
    light: { ...base.light, ...own.light },
    dark: { ...base.dark, ...own.dark },
  });
  const readable = css
    .replaceAll("{", " {\n  ")
    .replaceAll(";", ";\n  ")
    .replaceAll("  }", "}\n")
    .replaceAll("\n\n\n", "\n\n");
  const head = "/* Generated from theme.ts by `npm run theme`; do not edit. */\n";
  await expect(`${head}${readable.trim()}\n`).toMatchFileSnapshot("./variables.css");
});
