import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { ApiError } from "@/api/error";
import type { PostInput, TextEntity, Verdict } from "@/api/model";
import { contentOf, type Draft, isEmpty, scheduleOf } from "./draft";
import { type AnyFinding, type SharedFinding, share } from "./findings";

type Said = { findings: AnyFinding[]; counts: Verdict["counts"]; entities: Verdict["entities"] };

/** The texts that were judged, a moment behind what is being written. */
type Judged = Pick<Draft, "text" | "variants">;

export interface Judgement {
  findings: SharedFinding[];
  counts: Verdict["counts"];
  entities: Verdict["entities"];
  judged: Judged;
  /** How many findings keep it from going out. */
  errors: number;
  /** The server has not judged the latest words yet. */
  checking: boolean;
  /** The check itself did not work. */
  unavailable: boolean;
}

/**
 * What the server says about the draft, a moment after each change. No rule is written in the browser.
 *
 * `postId` is the post being edited, which does not stand in its own way. An empty draft is judged too, for its counters, but nobody is told that an empty page is wrong.
 */
export function useVerdict(draft: Draft, withTime: boolean, postId?: string): Judgement {
  const schedule = withTime ? scheduleOf(draft.when) : null;
  const input = JSON.stringify({
    ...contentOf(draft),
    ...(schedule ? { schedule } : {}),
    ...(postId ? { post_id: postId } : {}),
  });
  const [settled] = useDebouncedValue(input, 350);
  const chosen = draft.channelIds.length > 0;
  const check = useQuery({
    queryKey: ["validate", settled],
    queryFn: async ({ signal }): Promise<Said & { judged: Judged }> => {
      const post: PostInput = JSON.parse(settled);
      const judged = { text: post.text ?? "", variants: post.variants ?? {} };
      try {
        return { ...(await body(api.POST("/api/posts/validate", { body: post, signal }))), judged };
      } catch (error) {
        return { ...refusalAsVerdict(error), judged };
      }
    },
    // Without a channel nothing is judged, but links and hashtags are marked all the same.
    enabled: chosen || draft.text !== "",
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });

  const findings = chosen && !isEmpty(draft) ? share(check.data?.findings ?? []) : [];
  return {
    findings,
    counts: chosen ? (check.data?.counts ?? []) : [],
    entities: check.data?.entities ?? NONE,
    judged: check.data?.judged ?? NOTHING,
    errors: findings.filter(({ level }) => level === "error").length,
    checking: chosen && !check.error && (settled !== input || check.isFetching),
    unavailable: check.error !== null,
  };
}

const NONE: Verdict["entities"] = [];
const NOTHING: Judged = { text: "", variants: {} };

/** Links, mentions and hashtags in the text for all, or in one channel's as its platform reads it. */
export const rangesFor = (
  { entities }: Pick<Judgement, "entities">,
  channelId: string | null,
): TextEntity[] => entities.find(({ channel_id }) => channel_id === channelId)?.ranges ?? NO_RANGES;

const NO_RANGES: TextEntity[] = [];

/** Input the server could not even judge, such as a time in the past, is shown like a finding. */
function refusalAsVerdict(error: unknown): Said {
  if (!(error instanceof ApiError) || error.errors.length === 0) throw error;
  const findings = error.errors.map(
    ({ field, code, detail, channel_id }): AnyFinding => ({
      field,
      code,
      detail,
      level: "error",
      channel_id: channel_id ?? null,
      fix: null,
    }),
  );
  return { findings, counts: [], entities: [] };
}
