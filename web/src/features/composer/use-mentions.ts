import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type RefObject, type SyntheticEvent, useId, useState } from "react";
import { channelsQuery } from "@/features/connections/queries";
import { insertAt } from "./insert";
import { type Begun, begunMention, type Handle, ownHandles } from "./mentions";

/** Offers accounts while a mention is written: the field keeps the focus, arrows choose, Enter writes, Esc declines. */
export function useMentions(field: RefObject<HTMLTextAreaElement | null>, platforms: readonly string[]) {
  const id = useId();
  const [begun, setBegun] = useState<Begun | null>(null);
  const [declined, setDeclined] = useState<number | null>(null);
  const [wanted, setWanted] = useState(0);
  const channels = useQuery({ ...channelsQuery, enabled: begun !== null });
  const offered =
    begun && begun.start !== declined ? ownHandles(begun.word, channels.data ?? [], platforms) : [];
  const at = Math.min(wanted, offered.length - 1);

  const look = ({
    currentTarget: { value, selectionStart, selectionEnd },
  }: SyntheticEvent<HTMLTextAreaElement>) => {
    const now = selectionStart === selectionEnd ? begunMention(value, selectionStart) : null;
    if (now?.start !== begun?.start) setWanted(0);
    if (!now) setDeclined(null);
    setBegun(now);
  };
  const write = ({ handle }: Handle) => {
    if (!field.current || !begun) return;
    field.current.setSelectionRange(begun.start, begun.end);
    insertAt(field.current, `@${handle} `);
    setBegun(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = offered[at];
    if (!chosen || event.nativeEvent.isComposing || event.shiftKey) return;
    if (event.key === "ArrowDown") setWanted((at + 1) % offered.length);
    else if (event.key === "ArrowUp") setWanted((at - 1 + offered.length) % offered.length);
    else if (event.key === "Enter") write(chosen);
    else if (event.key === "Escape") setDeclined(begun?.start ?? null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const optionId = (index: number) => `${id}-${index}`;
  return {
    offered,
    at,
    write,
    id,
    optionId,
    look,
    field: {
      onKeyDown,
      onSelect: look,
      onBlur: () => setBegun(null),
      "aria-autocomplete": "list" as const,
      "aria-controls": offered.length > 0 ? id : undefined,
      "aria-activedescendant": offered.length > 0 ? optionId(at) : undefined,
    },
  };
}
