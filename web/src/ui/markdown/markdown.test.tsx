import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Markdown } from "./Markdown";
import { isSafeAddress, parseMarkdown } from "./parse";

test("headings, paragraphs, lists, quotes and rules", () => {
  const text = "# One\n\nFirst line\nsecond line\n\n- a\n- b\n  goes on\n1. c\n> said\n---\n#hash";
  expect(parseMarkdown(text).map((block) => block.kind)).toEqual([
    "heading",
    "paragraph",
    "list",
    "list",
    "quote",
    "rule",
    "paragraph",
  ]);
  expect(parseMarkdown(text)[2]).toMatchObject({
    ordered: false,
    items: [[{ text: "a" }], [{ text: "b goes on" }]],
  });
});

test("emphasis, code and links", () => {
  render(<Markdown text="A **bold** and *slanted* `word` with [a link](https://example.org/x?a=1)." />);
  expect(screen.getByText("bold").tagName).toBe("STRONG");
  expect(screen.getByText("slanted").tagName).toBe("EM");
  expect(screen.getByText("word").tagName).toBe("CODE");
  expect(screen.getByRole("link", { name: "a link" })).toHaveAttribute("href", "https://example.org/x?a=1");
});

test("stars and lines that mean nothing stay what they are", () => {
  render(<Markdown text="2 * 3 * 4, snake_case_name, **open" />);
  expect(screen.getByText("2 * 3 * 4, snake_case_name, **open")).toBeVisible();
});

test("HTML stays text", () => {
  const { container } = render(
    <Markdown text={'<img src=x onerror="alert(1)"> <b>x</b>\n\n<script>alert(1)</script>'} />,
  );
  expect(container.querySelector("img, script, b")).toBeNull();
  expect(container.textContent).toContain("<script>");
});

test.each([
  ["https://example.org", true],
  ["mailto:a@example.org", true],
  ["/privacy", true],
  ["#part", true],
  ["javascript:alert(1)", false],
  ["JaVaScRiPt:alert(1)", false],
  ["data:text/html,x", false],
  ["//evil.example", false],
  ["/\\evil.example", false],
])("the address %s may be linked: %s", (address, safe) => {
  expect(isSafeAddress(address)).toBe(safe);
  const [block] = parseMarkdown(`[x](${address})`);
  expect(JSON.stringify(block).includes('"link"')).toBe(safe);
});
