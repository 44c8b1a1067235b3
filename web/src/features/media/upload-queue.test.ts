import { afterEach, expect, test, vi } from "vitest";
import { ApiError } from "@/api/error";
import type { Media } from "@/api/model";
import { RESUMABLE_FROM } from "@/api/upload";
import { leaveWorkspace } from "@/features/frame/workspaces";
import { UploadMemory } from "./upload-memory";
import { type Transport, UploadQueue } from "./upload-queue";

afterEach(() => vi.useRealTimers());

const small = (name: string) => new File(["x"], name);
const large = (name: string) =>
  Object.defineProperty(new File(["x"], name), "size", { value: RESUMABLE_FROM + 1 });
const media = (name: string) => ({ id: name }) as Media;
const opened = (id: string) => ({ id, chunkBytes: 4, expiresAt: "2999-01-01T00:00:00Z" });
const settled = () => new Promise((resolve) => setTimeout(resolve));

function transport(changes: Partial<Transport> = {}): Transport {
  return {
    whole: async (file) => media(file.name),
    begin: async () => opened("u1"),
    continue: async (_, file) => media(file.name),
    cancel: async () => undefined,
    ...changes,
  };
}

test("sends three at once and the rest after them", async () => {
  const finish: (() => void)[] = [];
  const whole = vi.fn(
    (file: File) => new Promise<Media>((resolve) => finish.push(() => resolve(media(file.name)))),
  );
  const arrived: string[] = [];
  const queue = new UploadQueue(({ id }) => arrived.push(id), transport({ whole }));

  queue.add([small("a"), small("b"), small("c"), small("d")]);
  expect(whole).toHaveBeenCalledTimes(3);
  finish[0]?.();
  await settled();
  expect(whole).toHaveBeenCalledTimes(4);
  expect(arrived).toEqual(["a"]);
});

test("a refused file stays with its reason until it is tried again", async () => {
  let refuse = true;
  const whole = async (file: File) => {
    if (refuse) throw new ApiError(422, "unsupported_file", "It is a text file.", null);
    return media(file.name);
  };
  const arrived: string[] = [];
  const queue = new UploadQueue(({ id }) => arrived.push(id), transport({ whole }));

  queue.add([small("a")]);
  await settled();
  expect(queue.items()[0]).toMatchObject({ state: "failed", error: { code: "unsupported_file" } });
  refuse = false;
  queue.resume(queue.items()[0]?.key ?? "");
  await settled();
  expect(queue.items()).toEqual([]);
  expect(arrived).toEqual(["a"]);
});

test("a paused large file goes on in the upload it had opened", async () => {
  const begin = vi.fn(async () => opened("u1"));
  const carry = vi.fn(
    (_: unknown, file: File, _progress: unknown, signal: AbortSignal) =>
      new Promise<Media>((resolve, reject) => {
        if (carry.mock.calls.length > 1) resolve(media(file.name));
        signal.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
      }),
  );
  const arrived: string[] = [];
  const queue = new UploadQueue(({ id }) => arrived.push(id), transport({ begin, continue: carry }));

  queue.add([large("film")]);
  await settled();
  const key = queue.items()[0]?.key ?? "";
  queue.pause(key);
  await settled();
  expect(queue.items()[0]).toMatchObject({ state: "paused", resumable: true });
  queue.resume(key);
  await settled();
  expect(arrived).toEqual(["film"]);
  expect(begin).toHaveBeenCalledTimes(1);
});

test("a cancelled file is forgotten and never reported", async () => {
  const whole = (_: File, _progress: unknown, signal: AbortSignal) =>
    new Promise<Media>((_, reject) =>
      signal.addEventListener("abort", () => reject(new DOMException("", "AbortError"))),
    );
  const arrived: string[] = [];
  const queue = new UploadQueue(({ id }) => arrived.push(id), transport({ whole }));

  queue.add([small("a")]);
  queue.remove(queue.items()[0]?.key ?? "");
  await settled();
  expect(queue.items()).toEqual([]);
  expect(arrived).toEqual([]);
});

test("what the network cut off goes on when it is back, in the same upload", async () => {
  const begin = vi.fn(async () => opened("u1"));
  let online = false;
  const carry = async (_: unknown, file: File) => {
    if (!online) throw ApiError.unreachable();
    return media(file.name);
  };
  const arrived: string[] = [];
  const queue = new UploadQueue(({ id }) => arrived.push(id), transport({ begin, continue: carry }));

  queue.add([large("film")]);
  await settled();
  expect(queue.items()[0]).toMatchObject({ state: "offline" });
  online = true;
  window.dispatchEvent(new Event("online"));
  await settled();
  expect(arrived).toEqual(["film"]);
  expect(begin).toHaveBeenCalledTimes(1);
});

test("a network that says nothing is asked again after a while, and less often each time", async () => {
  vi.useFakeTimers();
  const whole = vi.fn(async (): Promise<Media> => {
    throw ApiError.unreachable();
  });
  const queue = new UploadQueue(() => undefined, transport({ whole }));
  queue.add([small("a")]);
  await vi.advanceTimersByTimeAsync(1_900);
  expect(whole).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(whole).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(3_800);
  expect(whole).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(300);
  expect(whole).toHaveBeenCalledTimes(3);
});

test("a small file that is sent again keeps its key, so that it is added once", async () => {
  const keys: string[] = [];
  let online = false;
  const whole: Transport["whole"] = async (file, _progress, _signal, to) => {
    keys.push(to?.key ?? "");
    if (!online) throw ApiError.unreachable();
    return media(file.name);
  };
  const queue = new UploadQueue(() => undefined, transport({ whole }));
  queue.add([small("a"), small("b")]);
  await settled();
  online = true;
  window.dispatchEvent(new Event("online"));
  await settled();
  expect(keys.slice(0, 2)).toEqual(keys.slice(2));
  expect(new Set(keys).size).toBe(2);
});

function memory() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  return (workspace = "w1") => new UploadMemory(workspace, storage);
}

test("after a reload the same file, chosen again, goes on in the upload it had opened", async () => {
  const open = memory();
  const never = () => new Promise<Media>(() => undefined);
  const before = new UploadQueue(() => undefined, transport({ continue: never }));
  before.remember(open());
  const film = large("film");
  before.add([film], "folder");
  await settled();

  const begin = vi.fn(async () => opened("u2"));
  const carry = vi.fn(async (_: { id: string }, file: File) => media(file.name));
  const queue = new UploadQueue(() => undefined, transport({ begin, continue: carry }));
  queue.remember(open());
  expect(queue.items()).toMatchObject([{ name: "film", state: "interrupted", folder: "folder", file: null }]);
  queue.add([film]);
  await settled();
  expect(queue.items()).toEqual([]);
  expect(carry.mock.calls[0]?.[0].id).toBe("u1");
  expect(begin).not.toHaveBeenCalled();
  expect(open().all()).toEqual([]);
});

test("an upload that the server has forgotten begins anew", async () => {
  const open = memory();
  open().keep(large("film"), opened("old"), null);
  const carry = async ({ id }: { id: string }, file: File) => {
    if (id === "old") throw new ApiError(404, "not_found", "", null);
    return media(file.name);
  };
  const arrived: string[] = [];
  const queue = new UploadQueue(({ id }) => arrived.push(id), transport({ continue: carry }));
  queue.remember(open());
  const again = large("film");
  Object.defineProperty(again, "lastModified", { value: open().all()[0]?.lastModified });
  queue.add([again]);
  await settled();
  expect(arrived).toEqual(["film"]);
  expect(open().all()).toEqual([]);
});

test("a large file that is cancelled is given up on the server too", async () => {
  const open = memory();
  const cancel = vi.fn(async () => undefined);
  const never = () => new Promise<Media>(() => undefined);
  const queue = new UploadQueue(() => undefined, transport({ continue: never, cancel }));
  queue.remember(open());
  queue.add([large("film")]);
  await settled();
  queue.remove(queue.items()[0]?.key ?? "");
  expect(cancel).toHaveBeenCalledWith("u1");
  expect(open().all()).toEqual([]);
});

test("a large file that the server refuses is not asked for again after a reload", async () => {
  const open = memory();
  const cancel = vi.fn(async () => undefined);
  const refuse = async () => {
    throw new ApiError(415, "unsupported_file", "It is a text file.", null);
  };
  const queue = new UploadQueue(() => undefined, transport({ continue: refuse, cancel }));
  queue.remember(open());
  queue.add([large("film")]);
  await settled();
  expect(queue.items()).toMatchObject([{ name: "film", state: "failed" }]);
  expect(open().all()).toEqual([]);
  expect(cancel).toHaveBeenCalledWith("u1");
});

test("a large file that the server failed over can still go on after a reload", async () => {
  const open = memory();
  const fail = async () => {
    throw new ApiError(500, "internal", "", null);
  };
  const queue = new UploadQueue(() => undefined, transport({ continue: fail }));
  queue.remember(open());
  queue.add([large("film")]);
  await settled();
  expect(open().all()).toMatchObject([{ name: "film" }]);
});

test("uploads whose time is over are not offered any more", () => {
  const open = memory();
  open().keep(large("film"), { ...opened("old"), expiresAt: "2020-01-01T00:00:00Z" }, null);
  expect(open().all()).toEqual([]);
});

test("what was on its way to one workspace is not shown in another, and goes on in its own", async () => {
  const open = memory();
  const stopped: string[] = [];
  const carry = (_: unknown, file: File, _progress: unknown, signal: AbortSignal) =>
    new Promise<Media>((_, reject) =>
      signal.addEventListener("abort", () => {
        stopped.push(file.name);
        reject(signal.reason);
      }),
    );
  const queue = new UploadQueue(() => undefined, transport({ continue: carry }));
  queue.remember(open("w1"));
  queue.add([large("film")]);
  await settled();
  queue.remember(open("w2"));
  await settled();
  expect(queue.items()).toEqual([]);
  expect(stopped).toEqual(["film"]);
  expect(open("w2").all()).toEqual([]);
  queue.remember(open("w1"));
  expect(queue.items()).toMatchObject([{ name: "film", state: "interrupted" }]);
});

test("what waits for its turn does not go to the workspace that is shown next", async () => {
  const open = memory();
  const sent: string[] = [];
  const whole = (file: File, _progress: unknown, signal: AbortSignal) =>
    new Promise<Media>((_, reject) => {
      sent.push(file.name);
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  const queue = new UploadQueue(() => undefined, transport({ whole }));
  queue.remember(open("w1"));
  queue.add(["a", "b", "c", "d"].map(small));
  await settled();
  leaveWorkspace();
  await settled();
  expect(queue.items()).toEqual([]);
  expect(sent).toEqual(["a", "b", "c"]);
});
