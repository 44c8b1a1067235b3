import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepLine } from "./line";
import { refresh } from "./stale";

class FakeLine {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  isClosed = false;
  close() {
    this.isClosed = true;
    this.onclose?.();
  }
}

let lines: FakeLine[] = [];
let heard: string[][] = [];
beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  heard = [];
});
afterEach(() => vi.useRealTimers());

const last = () => lines.at(-1) as FakeLine;

function keep(): () => void {
  return keepLine({
    url: "ws://fanfare.example/api/live",
    onStale: (kinds) => heard.push(kinds),
    open: () => {
      const line = new FakeLine();
      lines.push(line);
      return line as unknown as WebSocket;
    },
  });
}

test("what is told is heard, and what cannot be read may mean anything", () => {
  keep();
  for (const data of ['{"stale":["post","media"]}', '{"more":1}', "<html>"]) last().onmessage?.({ data });
  expect(heard).toEqual([["post", "media"], ["*"], ["*"]]);
});

test("a lost line is opened anew, after pauses that grow up to half a minute or so", () => {
  keep();
  for (let lost = 1; lost < 12; lost += 1) {
    last().onclose?.();
    vi.advanceTimersByTime(lost === 1 ? 499 : 0);
    expect(lines).toHaveLength(lost);
    vi.advanceTimersByTime(45_001);
    expect(lines).toHaveLength(lost + 1);
  }
});

test("after a line that stood for long the next is not waited for long", () => {
  keep();
  last().onclose?.();
  vi.advanceTimersByTime(1_501);
  vi.advanceTimersByTime(60_000);
  last().onclose?.();
  vi.advanceTimersByTime(1_501);
  expect(lines).toHaveLength(3);
});

test("a page that goes takes its line along", () => {
  const end = keep();
  end();
  expect(last().isClosed).toBe(true);
  vi.advanceTimersByTime(120_000);
  expect(lines).toHaveLength(1);
});

test("only what shows such things asks again, and never what a person is writing", async () => {
  vi.useRealTimers();
  const client = new QueryClient();
  const asked: string[] = [];
  const watch = (key: string[], meta = {}) => {
    const queryFn = () => {
      asked.push(key.join(" "));
      return 1;
    };
    return new QueryObserver(client, { queryKey: key, queryFn, meta }).subscribe(() => {});
  };
  watch(["posts", "list"]);
  watch(["posts", "one", "p1"], { readOnce: true });
  watch(["media"]);
  watch(["post-pages"]);
  await expect.poll(() => asked.length).toBe(4);
  asked.length = 0;
  refresh(client, ["delivery"]);
  await expect.poll(() => asked).toEqual(["posts list"]);
  refresh(client, ["*"]);
  await expect.poll(() => [...asked].sort()).toEqual(["media", "posts list", "posts list"]);
  asked.length = 0;
  watch(["hearing-health"]);
  await expect.poll(() => asked).toEqual(["hearing-health"]);
  refresh(client, ["webhook_event"]);
  await expect.poll(() => asked).toEqual(["hearing-health", "hearing-health"]);
});
