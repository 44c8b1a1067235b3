import { type FloatingPosition, Tooltip } from "@mantine/core";
import { useEffect, useId, useState } from "react";

/** How long the pointer rests before words come. */
const REST = 300;

/**
 * Shows the words in `data-tip` beside whatever the pointer rests on or the keyboard has come to; `data-tip-at` says on
 * which side. Esc sends them away.
 */
export function Tips() {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  useEffect(() => watchTargets(setTarget), []);
  return target && <Tip target={target} />;
}

function Tip({ target }: { target: HTMLElement }) {
  const id = useId();
  const words = useWords(target);
  useEffect(() => {
    // A name that says the same, or a description of its own, is enough.
    if (!words || words === target.ariaLabel || target.hasAttribute("aria-describedby")) return undefined;
    target.setAttribute("aria-describedby", id);
    return () => target.removeAttribute("aria-describedby");
  }, [target, words, id]);
  if (!words) return null;
  return (
    <Tooltip
      opened
      target={target}
      label={<span id={id}>{words}</span>}
      position={(target.dataset.tipAt ?? "top") as FloatingPosition}
    />
  );
}

/** The words of the target as they are now; they may change while they are read. */
function useWords(target: HTMLElement): string | undefined {
  const [, changed] = useState(0);
  useEffect(() => {
    const observer = new MutationObserver(() => changed((times) => times + 1));
    observer.observe(target, { attributeFilter: ["data-tip"] });
    return () => observer.disconnect();
  }, [target]);
  return target.dataset.tip;
}

/** Tells which element is to be explained, and `null` when it no longer is. */
function watchTargets(onTarget: (target: HTMLElement | null) => void): () => void {
  let resting: ReturnType<typeof setTimeout> | undefined;
  let current: HTMLElement | null = null;
  const go = (target: HTMLElement | null, wait: number) => {
    if (target === current) return;
    clearTimeout(resting);
    current = target;
    onTarget(null);
    if (target) resting = setTimeout(() => onTarget(target), wait);
  };
  const onOver = (event: PointerEvent) => event.pointerType !== "touch" && go(tipped(event.target), REST);
  const onFocus = (event: FocusEvent) => {
    const target = tipped(event.target);
    if (target?.matches(":focus-visible")) go(target, 0);
  };
  const onBlur = (event: FocusEvent) => tipped(event.target) === current && go(null, 0);
  const onKey = (event: KeyboardEvent) => event.key === "Escape" && go(null, 0);

  document.addEventListener("pointerover", onOver);
  document.documentElement.addEventListener("pointerleave", onLeave);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("focusout", onBlur);
  document.addEventListener("keydown", onKey);
  function onLeave() {
    go(null, 0);
  }
  return () => {
    clearTimeout(resting);
    document.removeEventListener("pointerover", onOver);
    document.documentElement.removeEventListener("pointerleave", onLeave);
    document.removeEventListener("focusin", onFocus);
    document.removeEventListener("focusout", onBlur);
    document.removeEventListener("keydown", onKey);
  };
}

const tipped = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
