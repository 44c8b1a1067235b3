/** Only an address inside Fanfare may be gone on to. */
export const insideAddress = (next: string | undefined) => (next && /^\/(?![/\\])/.test(next) ? next : "/");
