import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import { speak, speakMore } from "@/i18n";
import { WORD_GROUPS } from "@/i18n/languages";

afterEach(cleanup);

// What is loaded when it is wanted takes its time on a loaded machine.
configure({ asyncUtilTimeout: 15_000 });

Object.defineProperty(navigator, "languages", { value: ["en-GB", "en"], configurable: true });
await speak("en");
await Promise.all(WORD_GROUPS.map(speakMore));

// What Mantine asks a browser for and jsdom does not have.
window.matchMedia = (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
  }) as unknown as MediaQueryList;
window.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Element.prototype.scrollIntoView = () => {};
Object.defineProperty(document, "fonts", { value: { addEventListener() {}, removeEventListener() {} } });
window.scrollTo = () => {};
