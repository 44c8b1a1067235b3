import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { ApiError } from "@/api/error";
import type { Verdict } from "@/api/model";
import { contentOf, type Draft, isEmpty, scheduleOf } from "./draft";
import { type AnyFinding, type SharedFinding, share } from "./findings";

type Said = { findings: AnyFinding[]; counts: Verdict["counts"] };

export interface Judgement {
  findings: SharedFinding[];
  counts: Verdict["counts"];
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
 * An empty draft is judged too, for its counters, but nobody is told that an empty page is wrong.
 */
export function useVerdict(draft: Draft, withTime: boolean): Judgement {
  const schedule = withTime ? scheduleOf(draft.when) : null;
  const input = JSON.stringify({ ...contentOf(draft), ...(schedule ? { schedule } : {}) });
  const [settled] = useDebouncedValue(input, 350);
  const chosen = draft.channelIds.length > 0;
  const check = useQuery({
    queryKey: ["validate", settled],
    queryFn: async ({ signal }): Promise<Said> => {
      try {
        return await body(api.POST("/api/posts/validate", { body: JSON.parse(settled), signal }));
      } catch (error) {
        return refusalAsVerdict(error);
      }
    },
    enabled: chosen,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });

  const findings = chosen && !isEmpty(draft) ? share(check.data?.findings ?? []) : [];
  return {
    findings,
    counts: chosen ? (check.data?.counts ?? []) : [],
    errors: findings.filter(({ level }) => level === "error").length,
    checking: chosen && !check.error && (settled !== input || check.isFetching),
    unavailable: check.error !== null,
  };
}

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
    }),
  );
  return { findings, counts: [] };
}
