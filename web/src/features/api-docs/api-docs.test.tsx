import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { AuthStatus } from "@/api/model";
import { emptyWorkspace, here, nobody, openPage, refusal, somebody } from "@/test/page";
import { fakeServer } from "@/test/server";
import document from "../../../../generated/openapi.json";

let status: AuthStatus = nobody;
beforeEach(() => {
  status = nobody;
});

const server = fakeServer(
  ...emptyWorkspace,
  here(() => status),
  http.get("*/openapi.json", () => HttpResponse.json(document)),
);

const card = async (name: RegExp) => {
  const line = await screen.findByRole("button", { name });
  await userEvent.click(line);
  const item = line.closest("li");
  if (!item) throw new Error("a call stands in a list");
  return within(item);
};

test("strangers read the API, find a call and try it", async () => {
  const { address } = openPage("/docs");
  expect(await screen.findByRole("heading", { name: "API", level: 1 })).toBeVisible();
  await userEvent.type(screen.getByRole("searchbox", { name: "Search calls" }), "auth status");
  expect(await screen.findByText("1 call")).toBeVisible();
  await waitFor(() => expect(address()).toContain("q=auth"));
  const call = await card(/GET.*\/api\/auth\/status/);
  expect(await call.findByText("Open to everybody")).toBeVisible();
  expect(call.getByText(/^curl 'http/)).toBeVisible();
  await userEvent.click(await call.findByRole("button", { name: "Send GET" }));
  expect(await call.findByText(/^200 .*in \d+ ms/)).toBeVisible();
  expect(call.getByRole("region", { name: "The answer" })).toHaveTextContent('"authenticated": false');
  expect(address()).toContain("call=status");
});

test("a link opens one call, with what it takes and its example", async () => {
  openPage("/docs?call=create_posts");
  const call = within(
    (await screen.findByRole("button", { name: /POST.*\/api\/posts Create a post/ })).closest(
      "li",
    ) as HTMLElement,
  );
  expect(await call.findByText("Key with posts.write")).toBeVisible();
  expect(call.getByText(/Fresh bread from seven on/, { selector: "code" })).toBeVisible();
  expect(call.getByText("Log in first, or enter a key above to try this.")).toBeVisible();
  await userEvent.click(call.getByRole("radio", { name: "Python" }));
  expect(call.getByText(/requests\.post\(/)).toBeVisible();
});

test("a call is tried with a key, which goes along and stands in no example", async () => {
  let sent: { key: string | null; body: unknown } | null = null;
  server.use(
    http.post("*/api/posts", async ({ request }) => {
      sent = { key: request.headers.get("authorization"), body: await request.json() };
      return refusal(403, "forbidden", "This key may not do that.");
    }),
  );
  openPage("/docs?q=create+a+post");
  await userEvent.type(await screen.findByLabelText("API key"), "ff_secret");
  const call = await card(/POST.*\/api\/posts Create a post/);
  await userEvent.click(await call.findByRole("button", { name: "Send POST" }));
  expect(await call.findByText(/^403 .*in \d+ ms/)).toBeVisible();
  expect(sent).toEqual({
    key: "Bearer ff_secret",
    body: { text: "Fresh bread from seven on.", schedule: { kind: "draft" } },
  });
  expect(call.getByText(/^curl -X POST/)).not.toHaveTextContent("ff_secret");
});

test("who is signed in tries as themselves, and is told what is missing", async () => {
  status = somebody();
  openPage("/docs?q=show+a+post");
  const call = await card(/GET.*\/api\/posts\/\{id\} Show a post/);
  await userEvent.click(await call.findByRole("button", { name: "Send GET" }));
  expect(await call.findByText("Fill in id first.")).toBeVisible();
});

test("nothing is found for words that stand nowhere", async () => {
  openPage("/docs?q=zeppelin");
  expect(await screen.findByText("No call like that")).toBeVisible();
});
