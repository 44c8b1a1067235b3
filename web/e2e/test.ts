import { test as base, expect } from "@playwright/test";
import { type Program, startProgram } from "./program";

/** Every test has a program of its own, new and empty, and no page may break the content security policy or throw. */
export const test = base.extend<{ host: string | undefined; program: Program; faultless: undefined }>({
  host: [undefined, { option: true }],
  program: async ({ host }, use) => {
    const program = await startProgram(host);
    await use(program);
    await program.stop();
  },
  faultless: [
    async ({ page }, use) => {
      const faults: string[] = [];
      page.on("pageerror", (error) => faults.push(error.message));
      page.on("console", (message) => {
        if (/content security policy/i.test(message.text())) faults.push(message.text());
      });
      await use(undefined);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
