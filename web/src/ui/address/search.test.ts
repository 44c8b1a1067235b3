import { expect, test } from "vitest";
import { day, flag, id, ids, instant, many, oneOf, reads, text, whole, zone } from "./search";

const search = reads({ q: text, unused: flag, tab: oneOf(["all", "drafts"]), from: day, at: instant });

test("what is understood is taken over", () => {
  const said = {
    q: "bread",
    unused: true,
    tab: "drafts",
    from: "2026-11-25",
    at: "2026-11-25T09:05:00.000Z",
  };
  expect(search(said)).toEqual(said);
});

test("what is not understood is left out, and the rest stays", () => {
  const said = { q: 7, unused: "yes", tab: "everything", from: "tomorrow", at: null, stranger: "x" };
  expect(Object.values(search(said)).filter((value) => value !== undefined)).toEqual([]);
  expect(search({ ...said, q: "" })).toEqual({ q: "" });
});

test("what is not understood is named, so that the router does not hand it on unread", () => {
  expect("from" in search({ from: "tomorrow" })).toBe(true);
  expect("from" in search({ q: "bread" })).toBe(false);
  expect("stranger" in search({ stranger: "x" })).toBe(false);
});

test("only ids are ids", () => {
  const [one, other] = ["0199f3a2-5c1e-7d3b-9a44-6b1f0c2d8e75", "0199f3a2-5c1e-7d3b-9a44-6b1f0c2d8e76"];
  expect(id(one)).toBe(one);
  for (const none of ["zz", "", 7, `${one}0`]) expect(id(none), String(none)).toBeUndefined();
  expect(ids(`${one},zz,${other}`)).toBe(`${one},${other}`);
  expect(ids("zz")).toBeUndefined();
});

test("only dates that exist are days", () => {
  for (const date of ["2026-11-25", "2028-02-29"]) expect(day(date), date).toBe(date);
  for (const none of ["", "2026-2-3", "2026-02-30", "2026-13-01", "2026-11-25T00:00", 20261125])
    expect(day(none), String(none)).toBeUndefined();
});

test("only moments in UTC are instants", () => {
  for (const at of ["2026-11-25T09:05Z", "2026-11-25T09:05:30Z", "2026-11-25T09:05:30.5Z"])
    expect(instant(at), at).toBe(at);
  for (const none of [
    "2026-11-25",
    "2026-11-25T09:05:00",
    "2026-11-25T25:00Z",
    "2026-02-30T09:05Z",
    undefined,
  ])
    expect(instant(none), String(none)).toBeUndefined();
});

test("only whole numbers are whole, and only zones that there are are zones", () => {
  expect([-1, 0, 12].map(whole)).toEqual([-1, 0, 12]);
  for (const none of ["1", 1.5, Number.NaN, null]) expect(whole(none), String(none)).toBeUndefined();
  for (const name of ["Europe/Madrid", "UTC"]) expect(zone(name)).toBe(name);
  for (const none of ["Europe/Atlantis", "", 1]) expect(zone(none), String(none)).toBeUndefined();
});

test("of a list, what is understood is taken over", () => {
  const letters = many(oneOf(["a", "b"]));
  expect(letters(["b", "c", 1, "a"])).toEqual(["b", "a"]);
  expect(letters("a")).toBeUndefined();
});
