/** What became of a task over many files. */
export interface BulkOutcome<T> {
  done: T[];
  failed: { item: T; error: unknown }[];
  /** Not begun, because the person stopped it. */
  left: T[];
}

const AT_ONCE = 4;

/** Does the same to each, a few at a time. One that fails does not stop the others. */
export async function forEachItem<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
  onProgress: (finished: number) => void,
  signal: AbortSignal,
): Promise<BulkOutcome<T>> {
  const outcome: BulkOutcome<T> = { done: [], failed: [], left: [] };
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      if (signal.aborted) {
        outcome.left.push(item);
        continue;
      }
      try {
        await work(item);
        outcome.done.push(item);
      } catch (error) {
        outcome.failed.push({ item, error });
      }
      onProgress(outcome.done.length + outcome.failed.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return outcome;
}
