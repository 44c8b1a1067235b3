import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import type { CalendarEntry, Post, ScheduleInput } from "@/api/model";
import { toastDone, toastFailed, toastUndo } from "@/ui/toast";
import { CALENDAR } from "./queries";
import { fullTime, inPlanned } from "./words";

export interface Move {
  entry: CalendarEntry;
  to: Date;
  /** Into the next free slot, wherever that is: what was in the queue goes back there. */
  queued?: boolean;
}

/** Sends it: a missed post is taken up again, others keep everything but their time. */
function send({ entry, to, queued }: Move): Promise<Post> {
  const params = { path: { id: entry.id } };
  const { time_zone } = entry;
  const schedule: ScheduleInput = queued
    ? { kind: "queue", time_zone }
    : { kind: "at", at: to.toISOString(), time_zone };
  if (entry.state === "missed")
    return body(api.POST("/api/posts/{id}/publish", { params, body: { schedule } }));
  return body(api.PATCH("/api/posts/{id}", { params, body: { schedule, revision: entry.revision } }));
}

/** `Thu 26 Nov, 10:15 CET · 4:15 in New York`. */
export const whenWords = (at: Date, entry: CalendarEntry, zone: string): string =>
  [fullTime(at, zone), inPlanned(at, entry.time_zone, zone)].filter(Boolean).join(" · ");

/**
 * Gives a post another time: at once on the screen, then on the server.
 *
 * A refused move goes back to where it was and says why; one that is done can be undone from its toast.
 */
export function useMove(zone: string, announce: (words: string) => void): (move: Move) => Promise<void> {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { mutateAsync } = useMutation({
    mutationFn: send,
    onMutate: async ({ entry, to }: Move) => {
      await queryClient.cancelQueries({ queryKey: CALENDAR });
      const before = queryClient.getQueriesData<CalendarEntry[]>({ queryKey: CALENDAR });
      queryClient.setQueriesData<CalendarEntry[]>({ queryKey: CALENDAR }, (entries) =>
        entries?.map((each) => (each.id === entry.id ? { ...each, at: to.toISOString() } : each)),
      );
      return before;
    },
    onError: (_error, _move, before) => {
      for (const [key, entries] of before ?? []) queryClient.setQueryData(key, entries);
    },
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ["posts"] }),
  });

  return useCallback(
    (move: Move) => {
      const { entry, to } = move;
      const from = new Date(entry.at);
      const done = (post: Post) => {
        const words = t("calendar.move.done", { at: whenWords(to, entry, zone) });
        announce(words);
        // What was missed stays missed: there is no way back to a time that has passed.
        if (entry.state === "missed") return toastDone(words);
        const queued = entry.kind === "queue";
        const back = { entry: { ...entry, revision: post.revision }, to: from, queued };
        toastUndo(
          words,
          () => mutateAsync(back),
          t("calendar.move.undone", { at: whenWords(from, entry, zone) }),
        );
      };
      return mutateAsync(move).then(done, (error: unknown) => {
        announce(t("calendar.move.refused", { at: fullTime(from, zone) }));
        toastFailed(error, t("calendar.move.refusedTitle"));
      });
    },
    [mutateAsync, announce, t, zone],
  );
}
