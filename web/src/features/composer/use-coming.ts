import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/error";
import type { Media, MediaImport } from "@/api/model";
import type { Answered } from "@/features/imports/begin";
import { importQuery, importsQuery } from "@/features/imports/imports-query";
import { toastWarned } from "@/ui/toast";
import { type Begun, forgetComing, keepComing, keptComing } from "./kept-coming";
import { writerIn } from "./kept-words";

export interface Coming {
  /** Those on their way to the post, in the order in which they were chosen. */
  imports: MediaImport[];
  /** How many are asked for, and may or may not come. */
  asked: number;
  /** So many are being asked for; what it answers is told of each. */
  take: (files: number) => Answered;
  /** Whether the post is to have it when it arrives. */
  want: (id: string, wanted: boolean) => void;
}

/** The post that they come to. */
interface ComingTo {
  /** Absent for what was never stored. */
  postId: () => string | null;
  /** Whether this file is in it by now, and not stored with it yet. */
  lacksStored: (id: string) => boolean;
}

/**
 * Files on their way to the post from a connected account. Each is told when it has arrived, with the ids of all that were taken, in
 * the order in which they were chosen: they seldom arrive in it. Those that were begun go on when the page is loaded again.
 */
export function useComing(onArrived: (media: Media, order: readonly string[]) => void, to: ComingTo): Coming {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [writer] = useState(() => writerIn(queryClient));
  const [kept] = useState(() => writer && keptComing({ ...writer, postId: to.postId() }));
  const [asked, setAsked] = useState(0);
  const [begun, setBegun] = useState<Begun[]>(kept?.begun ?? []);
  const [unwanted, setUnwanted] = useState<readonly string[]>([]);
  const arrived = useRef<Begun[]>([]);
  const order = useRef<string[]>(kept?.order ?? []);
  const wanted = begun.map(({ one }) => one).filter(({ id }) => !unwanted.includes(id));
  const { data: known = [], isLoading } = useQuery({ ...importsQuery, enabled: wanted.length > 0 });
  // Who is not in the list has arrived, was called off elsewhere, or is newer than it.
  const missing = isLoading ? [] : wanted.filter(({ id }) => !known.some((each) => each.id === id));
  const answers = useQueries({ queries: missing.map(({ id }) => importQuery(id)) });

  useEffect(() => {
    missing.forEach(({ id, file_name: name }, index) => {
      const { data, error } = answers[index] ?? {};
      const gone = error instanceof ApiError && error.status === 404;
      if (data?.media) {
        arrived.current.push(...begun.filter(({ one }) => one.id === id));
        onArrived(data.media, order.current);
      }
      if (gone) toastWarned(t("editor.media.calledOff", { name }));
      if (data?.media || gone) setBegun((now) => now.filter(({ one }) => one.id !== id));
    });
  });

  const keep = useEffectEvent(() => {
    const still = [
      ...arrived.current.filter(({ one }) => to.lacksStored(one.id)),
      ...begun.filter(({ one }) => wanted.includes(one)),
    ];
    if (writer && still.length > 0)
      keepComing({ ...writer, postId: to.postId(), begun: still, order: order.current });
  });
  useEffect(() => {
    if (kept) forgetComing();
    const leave = () => keep();
    // The page that was left is shown again as it was, and goes on by itself.
    const goOn = ({ persisted }: PageTransitionEvent) => persisted && forgetComing();
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", goOn);
    return () => {
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", goOn);
    };
  }, [kept]);

  const now = (one: MediaImport) =>
    known.find(({ id }) => id === one.id) ?? answers[missing.indexOf(one)]?.data ?? one;
  return {
    imports: wanted.map(now),
    asked,
    take: (files) => {
      const first = order.current.length;
      order.current.push(...Array<string>(files).fill(""));
      setAsked((all) => all + files);
      return (place, one) => {
        setAsked((all) => all - 1);
        if (!one) return;
        if (!order.current.includes(one.id)) order.current[first + place] = one.id;
        setBegun((all) => withBegun(all, { one, place: first + place }));
      };
    },
    want: (id, is) => setUnwanted((all) => (is ? all.filter((each) => each !== id) : [...all, id])),
  };
}

/** One that is asked for again under the same key is the same one. */
const withBegun = (all: Begun[], begun: Begun): Begun[] =>
  all.some(({ one }) => one.id === begun.one.id)
    ? all
    : [...all, begun].toSorted((a, b) => a.place - b.place);
