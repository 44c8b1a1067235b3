import { expect, test } from "vitest";
import { entrance, nextInColumns, nextInWeeks, type Stops } from "./roving";

const day = (name: string, ...stops: [string, number][]): Stops[number] => ({
  day: name,
  stops: stops.map(([id, minutes]) => ({ id, minutes })),
});

const week: Stops = [
  day("mon", ["a", 540], ["b", 780]),
  day("tue"),
  day("wed", ["c", 530], ["d", 700], ["e", 900]),
];

test("up and down stay within the day", () => {
  expect(nextInColumns(week, "a", "ArrowDown")).toBe("b");
  expect(nextInColumns(week, "b", "ArrowDown")).toBeNull();
  expect(nextInColumns(week, "a", "ArrowUp")).toBeNull();
});

test("left and right go to what is nearest in time, over empty days", () => {
  expect(nextInColumns(week, "a", "ArrowRight")).toBe("c");
  expect(nextInColumns(week, "b", "ArrowRight")).toBe("d");
  expect(nextInColumns(week, "e", "ArrowLeft")).toBe("b");
  expect(nextInColumns(week, "e", "ArrowRight")).toBeNull();
  expect(nextInColumns(week, "gone", "ArrowRight")).toBeNull();
});

test("in a month up and down go on in the week above and below", () => {
  const month: Stops = Array.from({ length: 14 }, (_, index) =>
    day(String(index), [`n${index}`, 0], [`p${index}`, 600]),
  );
  expect(nextInWeeks(month, "n3", "ArrowDown")).toBe("p3");
  expect(nextInWeeks(month, "p3", "ArrowDown")).toBe("n10");
  expect(nextInWeeks(month, "n10", "ArrowUp")).toBe("p3");
  expect(nextInWeeks(month, "p6", "ArrowRight")).toBe("p7");
  expect(nextInWeeks(month, "n0", "ArrowLeft")).toBeNull();
});

test("Tab comes back to where one was, or to today", () => {
  expect(entrance(week, "d", "mon")).toBe("d");
  expect(entrance(week, "gone", "wed")).toBe("c");
  expect(entrance(week, null, "tue")).toBe("a");
  expect(entrance([day("tue")], null, "tue")).toBeNull();
});
