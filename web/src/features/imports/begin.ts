import type { QueryClient } from "@tanstack/react-query";
import { newIdempotencyKey } from "@/api/client";
import type { MediaImport } from "@/api/model";
import { onLeaving } from "@/features/frame/workspaces";
import { forEachItem } from "@/features/media/bulk";
import { type Chosen, keyOf } from "./choice";
import { importsQuery } from "./imports-query";
import { beginImport } from "./queries";

/** Told of each file that was asked for, by its place among them: it is on its way now, or will not come. */
export type Answered = (place: number, begun: MediaImport | null) => void;

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

/** What is not asked for yet would go into the workspace that is shown next. */
let here = new AbortController();
onLeaving(() => {
  here.abort();
  here = new AbortController();
});

/** Has all of them fetched, and tells of each as soon as it is answered. One that is refused does not stop the others. */
export async function beginAll(
  chosen: readonly Chosen[],
  folder: string | null,
  keys: Keys,
  onAnswered: Answered,
): Promise<{ begun: Chosen[]; refused: Refused[] }> {
  const { done, failed, left } = await forEachItem(
    chosen,
    async (one) => {
      const from = { connection_id: one.connectionId, file_id: one.file.id };
      const into = folder ? { folder_id: folder } : {};
      try {
        onAnswered(chosen.indexOf(one), await beginImport({ ...from, ...into }, keys.of(one)));
      } catch (error) {
        onAnswered(chosen.indexOf(one), null);
        throw error;
      }
    },
    () => undefined,
    here.signal,
  );
  for (const one of left) onAnswered(chosen.indexOf(one), null);
  return { begun: done, refused: failed };
}

/** Shows one that was begun at once. The list is asked for again when all are. */
export function showImport(client: QueryClient, begun: MediaImport): void {
  client.setQueryData(
    importsQuery.queryKey,
    (known) => known && [begun, ...known.filter(({ id }) => id !== begun.id)],
  );
}
