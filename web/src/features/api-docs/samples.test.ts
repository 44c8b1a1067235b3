import { expect, test } from "vitest";
import document from "../../../../generated/openapi.json";
import { type Description, found, operationsOf } from "./description";
import { asked, missing, unfilled } from "./request";
import { LANGUAGES, sample } from "./samples";
import { rowsOf } from "./schema-rows";

const description = document as unknown as Description;
const operations = operationsOf(description);
const named = (id: string) => {
  const operation = operations.find((one) => one.id === id);
  if (!operation) throw new Error(`no ${id}`);
  return operation;
};

test("every call of the description can be read, shown and written down", () => {
  expect(operations.length).toBeGreaterThan(100);
  for (const operation of operations) {
    expect(operation.area).not.toBe("");
    const call = asked(operation, unfilled(operation), "https://fanfare.example", "ff_…");
    for (const language of LANGUAGES)
      expect(sample(language, call, operation)).toContain("https://fanfare.example/");
    if (operation.body) rowsOf(operation.body.schema, description);
    for (const { schema } of operation.answers) if (schema) rowsOf(schema, description);
  }
});

test("what is typed stays one word of the shell, and becomes Python's own words", () => {
  const create = named("create_workspace");
  const filled = { parameters: {}, body: '{"name":"Ada\'s","flag":true,"none":null}' };
  const call = asked(create, filled, "https://fanfare.example", "ff_…");
  expect(sample("curl", call, create)).toContain(`-d '{"name":"Ada'\\''s","flag":true,"none":null}'`);
  const python = sample("python", call, create);
  expect(python).toContain('"flag": True,');
  expect(python).toContain('"none": None,');
});

test("addresses are filled in, and what is missing is named", () => {
  const read = named("read_posts");
  expect(missing(read, { parameters: {}, body: "" })).toEqual(["id"]);
  const call = asked(read, { parameters: { id: "a/b" }, body: "" }, "https://fanfare.example", null);
  expect(call).toEqual({
    method: "GET",
    url: "https://fanfare.example/api/posts/a%2Fb",
    headers: {},
    body: null,
  });
});

test("calls are found by any of their words", () => {
  const paths = found(operations, "POST auth token").map(({ path }) => path);
  expect(paths).toContain("/api/auth/token");
  expect(found(operations, "")).toHaveLength(operations.length);
});

test("fields within fields stand below them, and choices are told", () => {
  const body = named("create_posts").body;
  const rows = rowsOf(body?.schema ?? {}, description);
  const kind = rows.find(({ path }) => path === "schedule.kind");
  expect(kind).toMatchObject({ depth: 1, required: true });
  expect(kind?.choices).toContain("draft");
});
