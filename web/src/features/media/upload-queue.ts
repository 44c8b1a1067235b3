import { useSyncExternalStore } from "react";
import { newIdempotencyKey } from "@/api/client";
import { ApiError } from "@/api/error";
import type { Media } from "@/api/model";
import {
  beginUpload,
  cancelUpload,
  continueUpload,
  type OpenedUpload,
  RESUMABLE_FROM,
  uploadWhole,
} from "@/api/upload";
import { onLeaving } from "@/features/frame/workspaces";
import type { UploadMemory } from "./upload-memory";

export interface UploadItem {
  key: string;
  name: string;
  size: number;
  /** Absent for one that was interrupted before the page was opened: the person has to choose it again. */
  file: File | null;
  folder: string | null;
  sent: number;
  /** `offline` goes on by itself when the network is back. */
  state: "waiting" | "sending" | "paused" | "offline" | "interrupted" | "failed";
  /** Can be paused, and goes on where it stopped. */
  resumable: boolean;
  error: unknown;
}

/** How the bytes travel; tests put their own in place. */
export interface Transport {
  whole: typeof uploadWhole;
  begin: typeof beginUpload;
  continue: typeof continueUpload;
  cancel: typeof cancelUpload;
}

const network: Transport = {
  whole: uploadWhole,
  begin: beginUpload,
  continue: continueUpload,
  cancel: cancelUpload,
};
const AT_ONCE = 3;
/** How long to wait before asking the network again, if it does not say by itself that it is back. */
const ASK_AGAIN_MS = [2_000, 4_000, 8_000, 15_000, 30_000];
let keys = 0;

/** Files on their way to the library, a few at once; the rest wait their turn. */
export class UploadQueue {
  #items: UploadItem[] = [];
  #listeners = new Set<() => void>();
  #running = new Map<string, AbortController>();
  #opened = new Map<string, OpenedUpload>();
  #uploaded: (media: Media) => void;
  #memory: UploadMemory | null = null;
  #silences = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    uploaded: (media: Media) => void,
    private readonly transport: Transport = network,
  ) {
    this.#uploaded = uploaded;
    globalThis.addEventListener?.("online", () => this.#goOn());
    onLeaving(() => this.#leave());
  }

  /** Changes who hears of what has arrived. */
  onUploaded(uploaded: (media: Media) => void): void {
    this.#uploaded = uploaded;
  }

  /** From now on large files are remembered, and those that were interrupted earlier are listed. */
  remember(memory: UploadMemory): void {
    if (this.#memory?.workspace === memory.workspace) return;
    if (this.#memory) this.#leave();
    this.#memory = memory;
    const known = new Set([...this.#opened.values()].map(({ id }) => id));
    const interrupted = memory
      .all()
      .filter(({ id }) => !known.has(id))
      .map((upload): UploadItem => {
        const key = newKey();
        this.#opened.set(key, upload);
        const { name, size, folder } = upload;
        return { ...blank(key), name, size, folder, state: "interrupted", resumable: true };
      });
    if (interrupted.length > 0) this.#set([...this.#items, ...interrupted]);
  }

  /**
   * What was on its way stops, or it would arrive in the workspace that is shown next. Large files go on when theirs is shown
   * again.
   */
  #leave(): void {
    for (const controller of this.#running.values()) controller.abort();
    this.#opened.clear();
    this.#memory = null;
    this.#set([]);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  items = (): UploadItem[] => this.#items;

  add(files: Iterable<File>, folder: string | null = null): void {
    for (const file of files) this.#addOne(file, folder);
    this.#startNext();
  }

  #addOne(file: File, folder: string | null): void {
    const before = this.#memory?.find(file);
    const waiting = this.#items.find(
      ({ key, state }) => state === "interrupted" && this.#opened.get(key)?.id === before?.id,
    );
    if (waiting) {
      this.#change(waiting.key, { file, state: "waiting" });
      return;
    }
    const { name, size } = file;
    const resumable = size > RESUMABLE_FROM;
    this.#set([...this.#items, { ...blank(newKey()), name, size, file, folder, resumable }]);
  }

  pause(key: string): void {
    this.#change(key, { state: "paused" });
    this.#running.get(key)?.abort();
  }

  /** Goes on after a pause or a failure. */
  resume(key: string): void {
    this.#change(key, { state: "waiting", error: null });
    this.#startNext();
  }

  /** Forgets the file, and stops it when it is on its way. */
  remove(key: string): void {
    this.#set(this.#items.filter((item) => item.key !== key));
    this.#running.get(key)?.abort();
    this.#giveUp(key);
  }

  /** Forgets what was opened for the file, here and on the server. */
  #giveUp(key: string): void {
    const upload = this.#opened.get(key);
    if (!upload) return;
    this.#forget(key);
    void this.transport.cancel(upload.id);
  }

  #startNext(): void {
    const waiting = this.#items.find(({ key, state }) => state === "waiting" && !this.#running.has(key));
    if (!waiting || this.#running.size >= AT_ONCE) return;
    void this.#run(waiting);
    this.#startNext();
  }

  async #run(item: UploadItem): Promise<void> {
    const { key } = item;
    const controller = new AbortController();
    this.#running.set(key, controller);
    this.#change(key, { state: "sending" });
    try {
      const media = await this.#send(item, controller.signal);
      this.#silences = 0;
      this.#forget(key);
      this.#set(this.#items.filter((each) => each.key !== key));
      this.#uploaded(media);
    } catch (error) {
      if (!controller.signal.aborted) this.#stopped(key, error);
    } finally {
      this.#running.delete(key);
      this.#startNext();
    }
  }

  async #send({ key, file, folder, resumable }: UploadItem, signal: AbortSignal): Promise<Media> {
    if (!file) throw new DOMException("Chosen again first", "AbortError");
    const progress = (sent: number) => this.#change(key, { sent });
    const memory = this.#memory;
    if (!resumable) return this.transport.whole(file, progress, signal, { folder, key });
    const opened = this.#opened.get(key);
    if (opened) {
      try {
        return await this.transport.continue(opened, file, progress, signal);
      } catch (error) {
        // The server has forgotten it: the file begins anew, once.
        if (!(error instanceof ApiError) || error.status !== 404) throw error;
        this.#forget(key);
      }
    }
    const begun = await this.transport.begin(file, folder);
    memory?.keep(file, begun, folder);
    if (this.#memory === memory) this.#opened.set(key, begun);
    return this.transport.continue(begun, file, progress, signal);
  }

  #stopped(key: string, error: unknown): void {
    if (!(error instanceof ApiError) || error.status !== 0) {
      // What the server will never take is not to be asked for again when the page comes back.
      if (isRefusal(error)) this.#giveUp(key);
      this.#change(key, { state: "failed", error });
      return;
    }
    this.#change(key, { state: "offline" });
    if (this.#timer !== undefined) return;
    const wait = ASK_AGAIN_MS[Math.min(this.#silences, ASK_AGAIN_MS.length - 1)];
    this.#silences += 1;
    this.#timer = setTimeout(() => this.#goOn(), wait);
  }

  /** The network may be back. */
  #goOn(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const offline = this.#items.filter(({ state }) => state === "offline");
    if (offline.length === 0) return;
    this.#set(this.#items.map((item) => (offline.includes(item) ? { ...item, state: "waiting" } : item)));
    this.#startNext();
  }

  #forget(key: string): void {
    const upload = this.#opened.get(key);
    this.#opened.delete(key);
    if (upload) this.#memory?.forget(upload.id);
  }

  #change(key: string, change: Partial<UploadItem>): void {
    this.#set(this.#items.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }

  #set(items: UploadItem[]): void {
    this.#items = items;
    for (const listener of this.#listeners) listener();
  }
}

/** The file itself was refused: too large, of no kind that is taken, or not what it says it is. */
const isRefusal = (error: unknown): boolean =>
  error instanceof ApiError && [413, 415, 422].includes(error.status);

/** The key also tells the server that a file sent twice is one. */
function newKey(): string {
  keys += 1;
  return `upload-${keys}-${newIdempotencyKey()}`;
}

const blank = (key: string): UploadItem => ({
  key,
  name: "",
  size: 0,
  file: null,
  folder: null,
  sent: 0,
  state: "waiting",
  resumable: false,
  error: null,
});

/** What is on its way now. */
export const useUploads = (queue: UploadQueue): UploadItem[] =>
  useSyncExternalStore(queue.subscribe, queue.items);
