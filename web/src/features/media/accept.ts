/** What a file chooser offers first. What a file really is, the server finds out and says. */
export const ACCEPT = "image/jpeg,image/png,image/gif,image/webp,video/mp4,video/quicktime,video/webm";
