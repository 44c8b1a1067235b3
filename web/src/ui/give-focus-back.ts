/** Focuses what had the focus before; the page itself when nothing had it, or that is no longer there. */
export function giveFocusBack(before: Element | null): void {
  const had = before instanceof HTMLElement && before.isConnected && before !== document.body;
  const back = had ? before : document.getElementById("page");
  back?.focus({ preventScroll: true });
}
