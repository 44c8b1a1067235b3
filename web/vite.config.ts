import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { budget } from "./budget.ts";
import { groups } from "./chunks.ts";
import { firstFiles } from "./first-files.ts";
import { mantineStyles } from "./mantine-styles.ts";
import { precompress } from "./precompress.ts";

export default defineConfig({
  plugins: [react(), mantineStyles(), budget(), firstFiles(), precompress()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  // The content security policy allows no `data:` fonts, so nothing is inlined.
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: { groups },
      },
    },
  },
  optimizeDeps: { rolldownOptions: { plugins: [mantineStyles()] } },
  server: { host: "127.0.0.1", proxy: { "/api": "http://127.0.0.1:8080" } },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    // It would leave one core idle, which is half of a small machine.
    maxWorkers: "100%",
    // A loaded machine of two cores types slowly.
    testTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    css: { modules: { classNameStrategy: "non-scoped" } },
  },
});
