import { expect, test, vi } from "vitest";
import { ApiError } from "@/api/error";
import type { Media } from "@/api/model";
import { RESUMABLE_FROM } from "@/api/upload";
import { type Transport, UploadQueue } from "./upload-queue";

const small = (name: string) => new File(["x"], name);
const large = (name: string) =>
  Object.defineProperty(new File(["x"], name), "size", { value: RESUMABLE_FROM + 1 });
const media = (name: string) => ({ id: name }) as Media;
const settled = () => new Promise((resolve) => setTimeout(resolve));

function transport(changes: Partial<Transport> = {}): Transport {
  return {
    whole: async (file) => media(file.name),
    begin: async () => ({ id: "u1", chunkBytes: 4 }),
    continue: async (_, file) => media(file.name),
    ...changes,
  };
}

test("sends two at once and the rest after them", async () => {
  const finish: (() => void)[] = [];
  const whole = vi.fn(
    (file: File) => new Promise<Media>((resolve) => finish.push(() => resolve(media(file.name)))),
  );
  const arrived: string[] = [];
  const queue = new UploadQueue(({ id }) => arrived.push(id), transport({ whole }));

  queue.add([small("a"), small("b"), small("c")]);
  expect(whole).toHaveBeenCalledTimes(2);
  finish[0]?.();
  await settled();
  expect(whole).toHaveBeenCalledTimes(3);
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
  const begin = vi.fn(async () => ({ id: "u1", chunkBytes: 4 }));
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
