import { expect, test } from "vitest";
import { writeMail } from "./safe-mail";

function shown(html: string): HTMLElement {
  const into = document.implementation.createHTMLDocument();
  writeMail(html, into);
  return into.body;
}

test("what a message looks like comes along", () => {
  const body = shown(
    '<body style="background: #eee"><table width="600"><tr><td style="color: red; padding: 4px">Hi <b>Ada</b></td></tr></table></body>',
  );
  expect(body.textContent).toBe("Hi Ada");
  expect(body.querySelector("table")?.getAttribute("width")).toBe("600");
  expect(body.querySelector("td")?.style.color).toBe("red");
  expect((body.firstElementChild as HTMLElement).style.background).toContain("rgb(238, 238, 238)");
});

test("nothing that runs, asks or fetches comes along", () => {
  const body = shown(
    [
      "<script>alert(1)</script>",
      "<style>body { display: none }</style>",
      '<img src="https://spy.example/pixel.gif" onerror="alert(1)" alt="A loaf">',
      '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
      '<p onclick="alert(1)" style="background-image: url(https://spy.example); color: blue">Text</p>',
      '<a href="javascript:alert(1)">bad</a>',
      '<form action="https://spy.example"><input name="password"></form>',
      '<iframe src="https://spy.example"></iframe><svg><script>alert(1)</script></svg>',
      '<meta http-equiv="refresh" content="0; url=https://spy.example"><base href="https://spy.example">',
    ].join(""),
  );
  expect(body.innerHTML).not.toMatch(/spy|script|on\w+=|<style|<form|<iframe|<svg|<meta|<base/i);
  expect(body.querySelector("img")?.getAttribute("alt")).toBe("A loaf");
  expect(body.querySelector("p")?.style.color).toBe("blue");
  expect(body.querySelector("a")?.hasAttribute("href")).toBe(false);
});

test("links open elsewhere and tell nobody where from", () => {
  const link = shown(
    '<a href="https://x.example/verify-email?token=1" target="_top">Confirm</a>',
  ).querySelector("a");
  expect(link?.getAttribute("href")).toBe("https://x.example/verify-email?token=1");
  expect(link?.getAttribute("target")).toBe("_blank");
  expect(link?.getAttribute("rel")).toBe("noopener noreferrer");
});

test("words in elements that are not known stay", () => {
  expect(shown("<main><custom-thing>Hello</custom-thing></main>").textContent).toBe("Hello");
});
