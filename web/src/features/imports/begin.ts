import { newIdempotencyKey } from "@/api/client";
import type { MediaImport } from "@/api/model";
import { forEachItem } from "@/features/media/bulk";
import { type Chosen, keyOf } from "./choice";
import { beginImport } from "./queries";

export interface Refused {
  item: Chosen;
  error: unknown;
}

/** Keeps the key under which each file is asked for, so that one is not fetched twice when an answer was lost. */
export class Keys {
  #keys = new Map<string, string>();

  of(one: Chosen): string {
    const key = this.#keys.get(keyOf(one)) ?? newIdempotencyKey();
    this.#keys.set(keyOf(one), key);
    return key;
  }
}

/** Has all of them fetched. One that is refused does not stop the others; those that are begun come in the order of choice. */
export async function beginAll(
  chosen: readonly Chosen[],
  folder: string | null,
  keys: Keys,
): Promise<{ begun: MediaImport[]; refused: Refused[] }> {
  const begun = new Map<Chosen, MediaImport>();
  const { failed } = await forEachItem(
    chosen,
    async (one) => {
      const from = { connection_id: one.connectionId, file_id: one.file.id };
      begun.set(one, await beginImport({ ...from, ...(folder ? { folder_id: folder } : {}) }, keys.of(one)));
    },
    () => undefined,
    new AbortController().signal,
  );
  return { begun: chosen.flatMap((one) => begun.get(one) ?? []), refused: failed };
}
