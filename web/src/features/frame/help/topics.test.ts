import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { createAppRouter } from "@/router";
import { HELP_TOPICS, helpTopic } from "./topics";

/** The addresses of all pages within the frame, and of what opens over them. */
const addresses = Object.values(createAppRouter(new QueryClient()).routesById)
  .filter(({ id }) => id.startsWith("/frame/"))
  .map(({ fullPath }) => fullPath);

test("every page within the frame has help of its own, and no help is without a page", () => {
  expect(addresses).toContain("/queue");
  expect(addresses.filter((address) => helpTopic(address) === null)).toEqual([]);
  expect(new Set(addresses.map(helpTopic))).toEqual(new Set(HELP_TOPICS));
});

test("where there is no page, nothing is explained", () => {
  expect(helpTopic("/nowhere")).toBeNull();
});
