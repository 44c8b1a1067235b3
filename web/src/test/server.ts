import { ws } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll } from "vitest";

/** Open pages hear of no changes here. */
const silent = ws.link("*/api/live").addEventListener("connection", () => {});

/** Answers what a test says the server answers; any other call is a mistake of the test. */
export function fakeServer(...handlers: Parameters<typeof setupServer>) {
  const server = setupServer(...handlers, silent);
  beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
  return server;
}
