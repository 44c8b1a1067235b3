/** Only an address inside Fanfare may be gone on to. Browsers decide what that is: they drop tabs and read `\` as `/`. */
export function insideAddress(next: string | undefined): string {
  if (!next?.startsWith("/") || !URL.canParse(next, location.origin)) return "/";
  const { origin, pathname, search, hash } = new URL(next, location.origin);
  return origin === location.origin && !pathname.startsWith("//") ? `${pathname}${search}${hash}` : "/";
}
