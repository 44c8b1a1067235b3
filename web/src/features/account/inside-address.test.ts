import { expect, test } from "vitest";
import { insideAddress } from "./inside-address";

test.each(["/", "/posts", "/settings/members?q=ada#top", "/confirm-email?token=a%2Bb"])(
  "%s is inside",
  (address) => expect(insideAddress(address)).toBe(address),
);

test.each([
  undefined,
  "",
  "posts",
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/.//evil.example",
  "javascript:alert(1)",
])("%j leads home instead", (address) => expect(insideAddress(address)).toBe("/"));
