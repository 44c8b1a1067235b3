import { expect, test } from "vitest";
import { zoneChoices } from "./zones";

test("zones are found under today's names, and the chosen one is always among them", () => {
  const choices = zoneChoices("Antarctica/Troll");
  const values = choices.map(({ value }) => value);
  expect(values).toEqual(
    expect.arrayContaining(["UTC", "Europe/Madrid", "Asia/Kolkata", "Europe/Kyiv", "Antarctica/Troll"]),
  );
  expect(values).not.toContain("Asia/Calcutta");
  expect(new Set(values).size).toBe(values.length);
  expect(choices.find(({ value }) => value === "America/New_York")?.label).toBe("America/New York");
});
