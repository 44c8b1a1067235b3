/** A part of the description that says what a value looks like. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required?: boolean;
  description?: string;
  schema?: Schema;
}

interface Content {
  schema?: Schema;
  example?: unknown;
}

interface Described {
  operationId: string;
  summary: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Content>; required?: boolean };
  responses: Record<string, { description: string; content?: Record<string, Content> }>;
  security?: Record<string, string[]>[];
}

/** The API's own description, as `/openapi.json` has it. */
export interface Description {
  info: { version: string; description: string };
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
}

export interface Body {
  /** As `application/json`. */
  type: string;
  schema: Schema;
  example: unknown;
  required: boolean;
}

export interface Answer {
  status: string;
  description: string;
  type: string | null;
  schema: Schema | null;
}

/** One call. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  area: string;
  summary: string;
  description: string;
  parameters: Parameter[];
  body: Body | null;
  answers: Answer[];
  /** Nobody has to be signed in for it. */
  isOpen: boolean;
  /** What an API key must be allowed to do; null where none may. */
  scope: string | null;
}

const METHODS = ["get", "post", "put", "patch", "delete"];

/** Every call, in the order of the description. */
export function operationsOf({ paths }: Description): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const described = item[method];
      return described ? [operationOf(method, path, described)] : [];
    }),
  );
}

function operationOf(method: string, path: string, described: Described): Operation {
  const { operationId, summary, description = "", tags = [], parameters = [], security = [] } = described;
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    area: tags[0] ?? "",
    summary,
    description,
    parameters,
    body: bodyOf(described),
    answers: answersOf(described),
    isOpen: security.some((way) => Object.keys(way).length === 0),
    scope: security.map(({ api_key }) => api_key?.[0]).find(Boolean) ?? null,
  };
}

function bodyOf({ requestBody }: Described): Body | null {
  const [first] = Object.entries(requestBody?.content ?? {});
  if (!first) return null;
  const [type, { schema = {}, example }] = first;
  return { type, schema, example, required: requestBody?.required ?? false };
}

function answersOf({ responses }: Described): Answer[] {
  return Object.entries(responses).map(([status, { description, content }]) => {
    const [first] = Object.entries(content ?? {});
    return { status, description, type: first?.[0] ?? null, schema: first?.[1].schema ?? null };
  });
}

/** The areas by name, each with its calls. */
export function byArea(operations: Operation[]): [area: string, operations: Operation[]][] {
  const areas = new Map<string, Operation[]>();
  for (const operation of operations)
    areas.set(operation.area, [...(areas.get(operation.area) ?? []), operation]);
  return [...areas].sort(([one], [other]) => one.localeCompare(other));
}

/** The calls in which all of these words stand. */
export function found(operations: Operation[], words: string): Operation[] {
  const all = words.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter((operation) => {
    const { method, path, summary, description, area, id } = operation;
    const text = [method, path, summary, description, area, id].join(" ").toLowerCase();
    return all.every((word) => text.includes(word));
  });
}
