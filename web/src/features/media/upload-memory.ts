import type { OpenedUpload } from "@/api/upload";

/** A large file that was on its way when the page closed. */
export interface Interrupted extends OpenedUpload {
  name: string;
  size: number;
  lastModified: number;
  folder: string | null;
}

const KEY = "fanfare-uploads";

/**
 * Remembers in this browser which large files are on their way. The bytes cannot be kept, but what the server has of them is: the
 * same file, chosen again, goes on where it stopped.
 */
export class UploadMemory {
  constructor(
    readonly workspace: string,
    private readonly storage: Pick<Storage, "getItem" | "setItem"> = localStorage,
  ) {}

  /** What is remembered and can still go on. */
  all(now = new Date()): Interrupted[] {
    return this.#read().filter(({ expiresAt }) => new Date(expiresAt) > now);
  }

  /** The upload that this file belongs to. */
  find(file: File): Interrupted | undefined {
    return this.all().find(
      ({ name, size, lastModified }) =>
        name === file.name && size === file.size && lastModified === file.lastModified,
    );
  }

  keep(file: File, upload: OpenedUpload, folder: string | null): void {
    const { name, size, lastModified } = file;
    const { id, chunkBytes, expiresAt } = upload;
    this.#write([...this.all(), { id, chunkBytes, expiresAt, name, size, lastModified, folder }]);
  }

  forget(id: string): void {
    this.#write(this.#read().filter((each) => each.id !== id));
  }

  #read(): Interrupted[] {
    try {
      const kept: unknown = JSON.parse(this.storage.getItem(this.#key()) ?? "[]");
      return Array.isArray(kept) ? (kept as Interrupted[]) : [];
    } catch {
      return [];
    }
  }

  #write(all: Interrupted[]): void {
    try {
      this.storage.setItem(this.#key(), JSON.stringify(all));
    } catch {
      // A browser that keeps nothing still uploads.
    }
  }

  #key(): string {
    return `${KEY}-${this.workspace}`;
  }
}
