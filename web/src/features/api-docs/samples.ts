import type { Operation } from "./description";
import type { Asked } from "./request";

export const LANGUAGES = ["curl", "javascript", "python"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The call as a program would make it. */
export function sample(language: Language, asked: Asked, operation: Operation): string {
  const sendsFile = operation.body !== null && operation.body.type !== "application/json";
  if (language === "curl") return curl(asked, sendsFile ? operation.body?.type : undefined);
  return language === "javascript" ? javascript(asked, sendsFile) : python(asked, sendsFile);
}

/** A text that a shell takes as one word, whatever is in it. */
const word = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function curl({ method, url, headers, body }: Asked, fileType?: string): string {
  const parts = [
    `curl ${method === "GET" ? "" : `-X ${method} `}${word(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${word(`${name}: ${value}`)}`),
    ...(body ? [`-d ${word(body)}`] : []),
    ...(fileType === "multipart/form-data" ? ["-F 'file=@picture.jpg'"] : []),
    ...(fileType && fileType !== "multipart/form-data"
      ? [`-H ${word(`Content-Type: ${fileType}`)}`, "--data-binary '@piece'"]
      : []),
  ];
  return parts.join(" \\\n  ");
}

function javascript({ method, url, headers, body }: Asked, sendsFile: boolean): string {
  const options = [
    ...(method === "GET" ? [] : [`  method: ${JSON.stringify(method)},`]),
    ...(Object.keys(headers).length > 0 ? [`  headers: ${indented(headers, 2)},`] : []),
    ...(body ? [`  body: JSON.stringify(${indented(parsed(body), 2)}),`] : []),
    ...(sendsFile ? ["  body: form,"] : []),
  ];
  const before = sendsFile ? 'const form = new FormData();\nform.append("file", file);\n' : "";
  const given = options.length > 0 ? `, {\n${options.join("\n")}\n}` : "";
  return `${before}const response = await fetch(${JSON.stringify(url)}${given});\nif (!response.ok) throw new Error((await response.json()).detail);\nconsole.log(await response.text());`;
}

function python({ method, url, headers, body }: Asked, sendsFile: boolean): string {
  const { "Content-Type": _, ...own } = headers;
  const given = [
    `    ${JSON.stringify(url)},`,
    ...(Object.keys(own).length > 0 ? [`    headers=${pythonic(own, 4)},`] : []),
    ...(body ? [`    json=${pythonic(parsed(body), 4)},`] : []),
    ...(sendsFile ? ['    files={"file": open("picture.jpg", "rb")},'] : []),
  ];
  return `import requests\n\nresponse = requests.${method.toLowerCase()}(\n${given.join("\n")}\n)\nresponse.raise_for_status()\nprint(response.text)`;
}

/** What was typed, or the text itself while it is no JSON. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

const indented = (value: unknown, by: number): string =>
  JSON.stringify(value, null, 2).replaceAll("\n", `\n${" ".repeat(by)}`);

/** JSON's words for nothing, right and wrong are other ones in Python. */
function pythonic(value: unknown, by: number): string {
  const pad = " ".repeat(by);
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map((one) => pythonic(one, by + 4)).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([name, one]) => `${pad}    ${JSON.stringify(name)}: ${pythonic(one, by + 4)},`,
  );
  return fields.length > 0 ? `{\n${fields.join("\n")}\n${pad}}` : "{}";
}
