import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { ApiError } from "@/api/error";
import { errors } from "./en/errors";
import { codeText, errorLine, errorText } from "./error-text";

const ONLY_IN_THE_BROWSER = ["unreachable"];

function codesOfTheServer(): string[] {
  const source = readFileSync(resolve(process.cwd(), "../crates/domain/src/error_code.rs"), "utf8");
  const list = source.slice(source.indexOf("error_codes! {"));
  return [...list.matchAll(/^\s+\w+ = "([a-z_]+)",/gm)].map((match) => match[1] as string);
}

test("every code of the server has a sentence, and no sentence is left over", () => {
  const codes = codesOfTheServer();
  expect(codes.length).toBeGreaterThan(50);
  expect(Object.keys(errors).sort()).toEqual([...codes, ...ONLY_IN_THE_BROWSER].sort());
});

test("a code from a newer server reads as a failure of ours instead of a blank", () => {
  expect(codeText("brand_new_code")).toBe(errors.internal);
});

test("the server's explanation of each field is preferred to the headline", () => {
  const error = new ApiError(422, "invalid_input", "Some fields are wrong.", "r1", [
    { field: "text", code: "text_too_long", detail: "8 characters too many." },
    { field: "at", code: "time_in_past", detail: "" },
  ]);
  expect(errorLine(error)).toBe("8 characters too many. This time has passed already.");
});

test("an explanation that begins with the headline is not said twice", () => {
  const error = new ApiError(
    401,
    "wrong_credentials",
    `${errors.wrong_credentials} Check both and try again.`,
    "r1",
  );
  expect(errorText(error)).toMatchObject({
    title: errors.wrong_credentials,
    detail: "Check both and try again.",
  });
  expect(errorLine(error)).toBe(`${errors.wrong_credentials} Check both and try again.`);
  expect(errorText(new ApiError(404, "not_found", errors.not_found, null)).detail).toBeNull();
});
