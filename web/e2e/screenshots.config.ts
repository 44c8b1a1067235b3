import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

/** Pictures of a program that `cargo x screenshots` serves. */
export default defineConfig(tests, { testMatch: "screenshots.ts", timeout: 900_000 });
