import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "@/api/error";
import type { Post, PostChange, PostInput } from "@/api/model";
import { DraftSaver, type DraftStore } from "./draft-saver";

const post = (revision: number) => ({ id: "p1", revision }) as Post;
const text = (words: string): PostInput => ({ text: words });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function memory(changes: Partial<DraftStore> = {}) {
  let revision = 1;
  const store = {
    create: vi.fn(async (_: PostInput) => post(revision)),
    change: vi.fn(async (_id: string, _: PostChange) => post(++revision)),
    load: vi.fn(async () => post(revision)),
    copy: vi.fn(async (_: PostInput) => ({ id: "p2", revision: 1 }) as Post),
    ...changes,
  };
  return store;
}

test("creates once, after a pause, then changes what it created", async () => {
  const store = memory();
  const created = vi.fn();
  const saver = new DraftSaver(store, null, text(""), created);
  saver.update(text(""));
  saver.update(text("H"));
  saver.update(text("He"));
  expect(store.create).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1000);
  expect(store.create).toHaveBeenCalledExactlyOnceWith({ text: "He", schedule: { kind: "draft" } });
  expect(created).toHaveBeenCalledTimes(1);

  saver.update(text("Hello"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(store.change).toHaveBeenCalledExactlyOnceWith("p1", { text: "Hello", revision: 1 });
  expect(saver.state().phase).toBe("clean");
});

test("what a new post begins with is not worth saving", async () => {
  const store = memory();
  const saver = new DraftSaver(store, null, text(""), () => undefined);
  saver.update(text(""));
  await vi.advanceTimersByTimeAsync(5000);
  expect(store.create).not.toHaveBeenCalled();
});

test("words written while a request is away are saved after it", async () => {
  const answers: ((post: Post) => void)[] = [];
  const store = memory({ create: vi.fn(() => new Promise<Post>((resolve) => answers.push(resolve))) });
  const saver = new DraftSaver(store, null, text(""), () => undefined);
  saver.update(text(""));
  saver.update(text("One"));
  await vi.advanceTimersByTimeAsync(1000);
  saver.update(text("One two"));
  answers[0]?.(post(1));
  await vi.advanceTimersByTimeAsync(2000);
  expect(store.change).toHaveBeenCalledExactlyOnceWith("p1", { text: "One two", revision: 1 });
});

test("flush saves at once and answers with the post", async () => {
  const store = memory();
  const saver = new DraftSaver(store, null, text(""), () => undefined);
  saver.update(text(""));
  saver.update(text("Now"));
  await expect(saver.flush()).resolves.toMatchObject({ id: "p1" });
  expect(store.create).toHaveBeenCalledTimes(1);
});

test("a conflict stops saving until the person keeps theirs", async () => {
  let theirs = true;
  const change = vi.fn(async (_id: string, input: PostChange) => {
    if (theirs) throw new ApiError(409, "conflict", "", null);
    return post((input.revision ?? 0) + 1);
  });
  const saver = new DraftSaver(
    memory({ change, load: async () => post(7) }),
    post(1),
    text("Old"),
    () => undefined,
  );
  saver.update(text("Mine"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(saver.state().phase).toBe("conflict");
  await expect(saver.flush()).rejects.toMatchObject({ code: "conflict" });

  theirs = false;
  await saver.keepMine();
  expect(change).toHaveBeenLastCalledWith("p1", { text: "Mine", revision: 7, keep_present: true });
  expect(saver.state().phase).toBe("clean");

  saver.update(text("Mine, and more"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(change).toHaveBeenLastCalledWith("p1", { text: "Mine, and more", revision: 8 });
});

test("after a conflict both can be kept: mine as another draft, theirs here", async () => {
  const change = vi.fn(async (_id: string, input: PostChange) => {
    if (input.revision === 1) throw new ApiError(409, "conflict", "", null);
    return post((input.revision ?? 0) + 1);
  });
  const store = memory({ change, load: async () => post(7) });
  const saver = new DraftSaver(store, post(1), text("Old"), () => undefined);
  saver.update(text("Mine"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(saver.state().phase).toBe("conflict");

  await expect(saver.copyMine(text("Mine"))).resolves.toMatchObject({ id: "p2" });
  expect(store.copy).toHaveBeenCalledExactlyOnceWith({ text: "Mine" });
  saver.adopt(await saver.loadTheirs(), text("Theirs"));
  saver.update(text("Theirs"));
  await vi.advanceTimersByTimeAsync(2000);
  expect(saver.state().phase).toBe("clean");
  expect(change).toHaveBeenCalledTimes(1);
  // Undo puts mine here again, over what is known to be theirs.
  saver.update(text("Mine"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(change).toHaveBeenLastCalledWith("p1", { text: "Mine", revision: 7 });
});

test("a post with a time is saved only when asked, and a conflict does not stop it for good", async () => {
  const change = vi.fn(async (_id: string, input: PostChange) => {
    if (input.revision === 1) throw new ApiError(409, "conflict", "", null);
    return post((input.revision ?? 0) + 1);
  });
  const saver = new DraftSaver(
    memory({ change, load: async () => post(7) }),
    post(1),
    text("Old"),
    () => undefined,
  );
  const schedule = { kind: "at", at: "2031-03-01T09:00:00Z", time_zone: "UTC" } as const;
  await expect(saver.change(text("Mine"), schedule)).rejects.toMatchObject({ code: "conflict" });
  expect(saver.state().phase).toBe("conflict");
  await saver.goOver();
  expect(saver.state().phase).toBe("clean");
  expect(change).toHaveBeenCalledTimes(1);
  await saver.change(text("Mine, and more"), schedule);
  const sent = { text: "Mine, and more", schedule, revision: 7, keep_present: true };
  expect(change).toHaveBeenLastCalledWith("p1", sent);
  expect(saver.post()).toMatchObject({ revision: 8 });
});

test("a failure says why and the next change tries again", async () => {
  const change = vi.fn(async (): Promise<Post> => post(2));
  change.mockRejectedValueOnce(ApiError.unreachable());
  const saver = new DraftSaver(memory({ change }), post(1), text("Old"), () => undefined);
  saver.update(text("New"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(saver.state()).toMatchObject({ phase: "failed", error: { code: "unreachable" } });
  saver.update(text("Newer"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(saver.state().phase).toBe("clean");
});
