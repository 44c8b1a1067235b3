import { ApiError } from "@/api/error";
import type { Post, PostChange, PostInput, ScheduleInput } from "@/api/model";

/** How drafts are stored; tests put their own in place. */
export interface DraftStore {
  create: (input: PostInput) => Promise<Post>;
  change: (id: string, input: PostChange) => Promise<Post>;
  load: (id: string) => Promise<Post>;
  /** Stores another draft, whatever is known of this one. */
  copy: (input: PostInput) => Promise<Post>;
}

export interface SaveState {
  phase: "clean" | "dirty" | "saving" | "failed" | "conflict";
  savedAt: Date | null;
  error: unknown;
}

const PAUSE = 900;

const isConflict = (error: unknown): boolean => error instanceof ApiError && error.code === "conflict";

/**
 * Saves a draft a moment after the last change, one request at a time.
 *
 * Two people may write at once: each save names the revision it started from, and a refusal for that reason waits for
 * the person to decide.
 */
export class DraftSaver {
  #state: SaveState = { phase: "clean", savedAt: null, error: null };
  #listeners = new Set<() => void>();
  #post: Post | null;
  #saved: string;
  #latest: PostInput | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | null = null;
  #keepsPresent = false;

  constructor(
    private readonly store: DraftStore,
    post: Post | null,
    stored: PostInput,
    private readonly onCreated: (post: Post) => void,
  ) {
    this.#post = post;
    this.#saved = JSON.stringify(stored);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  state = (): SaveState => this.#state;

  /** Notes what the draft is now. */
  update(content: PostInput): void {
    const text = JSON.stringify(content);
    if (text === JSON.stringify(this.#latest)) return;
    this.#latest = content;
    if (!this.#isDirty()) return;
    if (this.#state.phase !== "conflict") this.#set({ phase: "dirty" });
    this.#later();
  }

  /** Saves at once what is not saved, and answers with the stored post. */
  async flush(): Promise<Post> {
    clearTimeout(this.#timer);
    while (this.#saving) await this.#saving;
    if (this.#isDirty() || !this.#post) await this.#save();
    if (this.#state.phase === "failed" || this.#state.phase === "conflict") throw this.#state.error;
    if (!this.#post) throw new Error("a draft without content was flushed");
    return this.#post;
  }

  /** Saves a post with a time, which nobody does but the person; a conflict waits for the person here, too. */
  async change(content: PostInput, schedule?: ScheduleInput): Promise<Post> {
    if (!this.#post) throw new Error("a post that was never stored was changed");
    try {
      this.#post = await this.#write(this.#post, { ...content, ...(schedule ? { schedule } : {}) });
    } catch (error) {
      if (isConflict(error)) this.#set({ phase: "conflict", error });
      throw error;
    }
    this.#saved = JSON.stringify(content);
    this.#set({ phase: "clean", savedAt: new Date(), error: null });
    return this.#post;
  }

  /** Stops the clock without saving. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /** After a conflict: the next save goes over what somebody else stored, which stays in the history. */
  async goOver(): Promise<void> {
    this.#post = await this.loadTheirs();
    this.#keepsPresent = true;
    this.#set({ phase: "clean", error: null });
  }

  /** The same, and saves at once. */
  async keepMine(): Promise<void> {
    await this.goOver();
    await this.#save();
  }

  /** What is stored now, by whomever. */
  loadTheirs(): Promise<Post> {
    if (!this.#post) throw new Error("a draft that was never stored has no other side");
    return this.store.load(this.#post.id);
  }

  /** Stores what is written here as a draft of its own. */
  copyMine(content: PostInput): Promise<Post> {
    return this.store.copy(content);
  }

  /** Goes on from what is stored: the editor shows that now. */
  adopt(post: Post, content: PostInput): void {
    clearTimeout(this.#timer);
    this.#post = post;
    this.#latest = content;
    this.#saved = JSON.stringify(content);
    this.#set({ phase: "clean", error: null });
  }

  /** What is stored, as far as it is known here. */
  post = (): Post | null => this.#post;

  /** The draft's id, once it has one. */
  postId = (): string | null => this.#post?.id ?? null;

  /** The revision that the next save starts from. */
  revision = (): number | null => this.#post?.revision ?? null;

  #isDirty(): boolean {
    return this.#latest !== null && JSON.stringify(this.#latest) !== this.#saved;
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), PAUSE);
  }

  async #save(): Promise<void> {
    if (this.#saving || !this.#latest || this.#state.phase === "conflict") return;
    const content = this.#latest;
    this.#set({ phase: "saving", error: null });
    this.#saving = this.#send(content);
    await this.#saving;
    this.#saving = null;
    // Words were written while the request was away.
    if (this.#state.phase === "clean" && this.#isDirty()) {
      this.#set({ phase: "dirty" });
      this.#later();
    }
  }

  async #send(content: PostInput): Promise<void> {
    try {
      const known = this.#post;
      this.#post = known
        ? await this.#write(known, content)
        : await this.store.create({ ...content, schedule: { kind: "draft" } });
      this.#saved = JSON.stringify(content);
      this.#set({ phase: "clean", savedAt: new Date() });
      if (!known) this.onCreated(this.#post);
    } catch (error) {
      this.#set({ phase: isConflict(error) ? "conflict" : "failed", error });
    }
  }

  async #write(known: Post, change: PostChange): Promise<Post> {
    const stored = await this.store.change(known.id, {
      ...change,
      revision: known.revision,
      ...(this.#keepsPresent ? { keep_present: true } : {}),
    });
    this.#keepsPresent = false;
    return stored;
  }

  #set(change: Partial<SaveState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
