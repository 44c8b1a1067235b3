import type { Description, Schema } from "./description";

/** A line of a shape: one field, as deep as it lies. */
export interface Row {
  /** Where it stands, as `schedule.kind`. */
  path: string;
  name: string;
  depth: number;
  type: string;
  required: boolean;
  help: string;
  choices: string[];
}

/** Shapes within shapes deeper than this are named only. */
const DEEPEST = 4;

/** The fields of a shape, those within others below them. */
export function rowsOf(schema: Schema, description: Description): Row[] {
  return fieldsOf(schema, description, "", 0, []);
}

function fieldsOf(
  schema: Schema,
  description: Description,
  under: string,
  depth: number,
  within: string[],
): Row[] {
  const { properties = {}, required = [] } = flat(schema, description);
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = under ? `${under}.${name}` : name;
    const shape = flat(field, description);
    const inner = innerOf(shape);
    // A shape that holds itself is not gone into a second time.
    const names = [refOf(field), inner && refOf(inner)].filter((one): one is string => Boolean(one));
    const goesOn = depth < DEEPEST && !names.some((one) => within.includes(one));
    const row: Row = {
      path,
      name,
      depth,
      type: typeOf(field, description),
      required: required.includes(name),
      help: field.description ?? shape.description ?? "",
      choices: choicesOf(inner ? flat(inner, description) : shape),
    };
    const deeper = goesOn
      ? fieldsOf(inner ?? shape, description, path, depth + 1, [...within, ...names])
      : [];
    return [row, ...deeper];
  });
}

/** What a list or a table consists of. */
function innerOf({ items, additionalProperties }: Schema): Schema | null {
  if (items) return items;
  return typeof additionalProperties === "object" ? additionalProperties : null;
}

const refOf = (schema: Schema): string | null =>
  schema.$ref?.split("/").pop() ?? choicesThatAreSomething(schema)[0]?.$ref?.split("/").pop() ?? null;

/** The alternatives besides nothing. */
function choicesThatAreSomething({ oneOf = [], anyOf = [] }: Schema): Schema[] {
  return [...oneOf, ...anyOf].filter(({ type }) => type !== "null");
}

/** The shape itself, whatever it is said through. */
export function flat(schema: Schema, description: Description): Schema {
  if (schema.$ref) {
    const named = description.components.schemas[schema.$ref.split("/").pop() ?? ""];
    return named ? flat(named, description) : {};
  }
  const choices = choicesThatAreSomething(schema);
  const [only] = choices;
  if (only && choices.length === 1) return flat(only, description);
  if (choices.length > 1 || schema.allOf)
    return merged(
      [...choices, ...(schema.allOf ?? [])].map((part) => flat(part, description)),
      schema,
    );
  return schema;
}

function merged(parts: Schema[], { description }: Schema): Schema {
  return {
    type: "object",
    description,
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required }) => required ?? []),
  };
}

/** A word or two: `string`, `list of integer`, `string or null`. */
export function typeOf(schema: Schema, description: Description): string {
  const shape = flat(schema, description);
  const kinds = [shape.type ?? "object"].flat();
  const canBeNull = kinds.includes("null") || [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].some(isNull);
  const named = kinds
    .filter((kind) => kind !== "null")
    .map((kind) => (kind === "array" && shape.items ? `${typeOf(shape.items, description)}[]` : kind));
  const format = shape.format ? ` (${shape.format})` : "";
  return `${named.join(" | ")}${format}${canBeNull ? " | null" : ""}`;
}

const isNull = ({ type }: Schema): boolean => type === "null";

export const choicesOf = (schema: Schema): string[] => (schema.enum ?? []).map(String);
