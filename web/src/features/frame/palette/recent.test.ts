import { beforeEach, expect, test } from "vitest";
import { forgetPlaces, recentPlaces, rememberPlace } from "./recent";

const place = { id: "p1", kind: "post", title: "Hello", href: "/posts/p1" } as const;

beforeEach(() => localStorage.clear());

test("nothing of where somebody went is left when they log out, and what belongs to the browser is", () => {
  localStorage.setItem("fanfare-language", "es");
  rememberPlace("w1", place);
  rememberPlace("w2", place);
  expect(recentPlaces("w1")).toEqual([place]);
  forgetPlaces();
  expect([recentPlaces("w1"), recentPlaces("w2")]).toEqual([[], []]);
  expect(localStorage.getItem("fanfare-language")).toBe("es");
});
