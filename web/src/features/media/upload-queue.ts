import { useSyncExternalStore } from "react";
import type { Media } from "@/api/model";
import { beginUpload, continueUpload, RESUMABLE_FROM, uploadWhole } from "@/api/upload";

export interface UploadItem {
  key: string;
  file: File;
  sent: number;
  state: "waiting" | "sending" | "paused" | "failed";
  /** Can be paused, and goes on where it stopped. */
  resumable: boolean;
  error: unknown;
}

/** How the bytes travel; tests put their own in place. */
export interface Transport {
  whole: typeof uploadWhole;
  begin: typeof beginUpload;
  continue: typeof continueUpload;
}

const network: Transport = { whole: uploadWhole, begin: beginUpload, continue: continueUpload };
const AT_ONCE = 2;
let keys = 0;

/** Files on their way to the library, a few at once; the rest wait their turn. */
export class UploadQueue {
  #items: UploadItem[] = [];
  #listeners = new Set<() => void>();
  #running = new Map<string, AbortController>();
  #opened = new Map<string, { id: string; chunkBytes: number }>();
  #uploaded: (media: Media) => void;

  constructor(
    uploaded: (media: Media) => void,
    private readonly transport: Transport = network,
  ) {
    this.#uploaded = uploaded;
  }

  /** Changes who hears of what has arrived. */
  onUploaded(uploaded: (media: Media) => void): void {
    this.#uploaded = uploaded;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  items = (): UploadItem[] => this.#items;

  add(files: Iterable<File>): void {
    const added = Array.from(files, (file): UploadItem => {
      keys += 1;
      return {
        key: `upload ${keys}`,
        file,
        sent: 0,
        state: "waiting",
        resumable: file.size > RESUMABLE_FROM,
        error: null,
      };
    });
    this.#set([...this.#items, ...added]);
    this.#startNext();
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
  }

  #startNext(): void {
    const waiting = this.#items.find(({ key, state }) => state === "waiting" && !this.#running.has(key));
    if (!waiting || this.#running.size >= AT_ONCE) return;
    void this.#run(waiting);
    this.#startNext();
  }

  async #run({ key, file, resumable }: UploadItem): Promise<void> {
    const controller = new AbortController();
    this.#running.set(key, controller);
    this.#change(key, { state: "sending" });
    try {
      const media = await this.#send(key, file, resumable, controller.signal);
      this.#set(this.#items.filter((item) => item.key !== key));
      this.#uploaded(media);
    } catch (error) {
      if (!controller.signal.aborted) this.#change(key, { state: "failed", error });
    } finally {
      this.#running.delete(key);
      this.#startNext();
    }
  }

  async #send(key: string, file: File, resumable: boolean, signal: AbortSignal): Promise<Media> {
    const progress = (sent: number) => this.#change(key, { sent });
    if (!resumable) return this.transport.whole(file, progress, signal);
    const opened = this.#opened.get(key) ?? (await this.transport.begin(file));
    this.#opened.set(key, opened);
    return this.transport.continue(opened, file, progress, signal);
  }

  #change(key: string, change: Partial<UploadItem>): void {
    this.#set(this.#items.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }

  #set(items: UploadItem[]): void {
    this.#items = items;
    for (const listener of this.#listeners) listener();
  }
}

/** What is on its way now. */
export const useUploads = (queue: UploadQueue): UploadItem[] =>
  useSyncExternalStore(queue.subscribe, queue.items);
