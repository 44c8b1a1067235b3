import { useQueries, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ApiError } from "@/api/error";
import type { Media, MediaImport } from "@/api/model";
import { importQuery, importsQuery } from "@/features/imports/imports-query";

export interface Coming {
  /** Those on their way to the post, in the order in which they were chosen. */
  imports: MediaImport[];
  begin: (imports: MediaImport[]) => void;
  calledOff: (id: string) => void;
}

/**
 * Files on their way to the post from a connected account. Each is told when it has arrived, with the ids of all that were taken, in
 * the order in which they were chosen: they seldom arrive in it.
 */
export function useComing(onArrived: (media: Media, order: readonly string[]) => void): Coming {
  const [begun, setBegun] = useState<MediaImport[]>([]);
  const order = useRef<string[]>([]);
  const { data: known = [] } = useQuery({ ...importsQuery, enabled: begun.length > 0 });
  // Who is not in the list has arrived, was called off elsewhere, or is newer than it.
  const missing = begun.filter(({ id }) => !known.some((each) => each.id === id));
  const answers = useQueries({ queries: missing.map(({ id }) => importQuery(id)) });
  const forget = (id: string) => setBegun((now) => now.filter((each) => each.id !== id));

  useEffect(() => {
    missing.forEach(({ id }, index) => {
      const { data, error } = answers[index] ?? {};
      if (data?.media) onArrived(data.media, order.current);
      if (data?.media || (error instanceof ApiError && error.status === 404)) forget(id);
    });
  });

  const now = (one: MediaImport) =>
    known.find(({ id }) => id === one.id) ?? answers[missing.indexOf(one)]?.data ?? one;
  return {
    imports: begun.map(now),
    begin: (imports) => {
      order.current.push(...imports.map(({ id }) => id));
      setBegun((all) => [...all, ...imports]);
    },
    calledOff: forget,
  };
}
