import type { Plugin } from "vite";

/**
 * The module in which a component of Mantine, or what several are made of, has the names of its classes; its style sheet bears the same
 * name.
 */
export const CLASSES = /\/@mantine\/core\/esm\/.*\/(\w+)\.module\.mjs$/;

/**
 * Lets each component of Mantine bring its own style sheet, so that a page loads the styles of what it shows and no others.
 *
 * A component imports what it is made of before its own classes, so its sheet comes after theirs, as it has to.
 */
export function mantineStyles(): Plugin {
  return {
    name: "mantine-styles",
    transform: {
      filter: { id: CLASSES },
      handler(code, id) {
        const component = CLASSES.exec(id)?.[1];
        return { code: `import "@mantine/core/styles/${component}.layer.css";\n${code}`, map: null };
      },
    },
  };
}
