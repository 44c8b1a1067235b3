import { afterEach, expect, test } from "vitest";
import { chooseLanguage, i18next, speak } from ".";
import { clock, dateAndTime, duration, fileSize, firstDayOfWeek, listed, relative } from "./format";
import { localeFor, preferredLanguage } from "./languages";

afterEach(async () => {
  localStorage.clear();
  await speak("en");
});

test("the browser's first language that there is counts until one is chosen", async () => {
  expect(preferredLanguage(["fr-FR", "es-MX", "en"])).toBe("es");
  expect(preferredLanguage(["fr-FR"])).toBe("en");
  await chooseLanguage("es");
  expect(preferredLanguage(["en-GB"])).toBe("es");
  expect(document.documentElement.lang).toBe("es");
});

test("a language nobody offers any more is passed over", () => {
  localStorage.setItem("fanfare-language", "tlh");
  expect(preferredLanguage(["en-GB"])).toBe("en");
});

test("dates follow the region that the browser names", () => {
  expect(localeFor("es", ["en-GB", "es-MX", "es"])).toBe("es-MX");
  expect(localeFor("es", ["en-GB"])).toBe("es-ES");
  expect(localeFor("en", ["es", "en"])).toBe("en-GB");
});

test("Spanish counts, dates and figures are Spanish", async () => {
  await speak("es");
  const now = new Date("2026-11-20T12:00:00Z");
  expect(dateAndTime("2027-01-05T08:05:00Z", "Europe/Madrid", now)).toBe("mar 5 ene 2027, 09:05");
  expect(clock("2026-11-20T18:05:00Z", "Europe/Madrid")).toBe("19:05");
  expect(relative("2026-11-20T11:48:00Z", now)).toBe("hace 12 min");
  expect(fileSize(13_149_278)).toBe("13,1 MB");
  expect(duration(2_400)).toBe("2,4 s");
  expect(listed(["Facebook", "Instagram", "Bluesky"])).toBe("Facebook, Instagram y Bluesky");
  expect(i18next.t("home.setUpDetail", { count: 1 })).toContain("Queda 1 paso");
  expect(i18next.t("home.setUpDetail", { count: 3 })).toContain("Quedan 3 pasos");
  expect(i18next.t("home.setUpDetail", { count: 1_000_000 })).toContain("Quedan 1000000 pasos");
});

test("a week begins where it begins", async () => {
  expect(firstDayOfWeek()).toBe(1);
});
