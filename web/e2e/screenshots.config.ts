import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

/** Pictures of a program that `cargo x screenshots` or `cargo x pictures` serves. */
export default defineConfig(tests, { testMatch: ["screenshots.ts", "pictures.ts"], timeout: 900_000 });
