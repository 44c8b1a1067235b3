import { useCallback, useEffect, useRef } from "react";
import classes from "./Mail.module.css";
import { writeMail } from "./safe-mail";

/** An empty page that follows standards. */
const EMPTY = "<!doctype html><html><head></head><body></body></html>";

/**
 * A message as a mail program would show it, shut up in a frame in which nothing runs.
 *
 * `allow-same-origin` lets us write into it; without `allow-scripts` nothing in it can use that.
 */
export function MailFrame({ html, title }: { html: string; title: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const show = useCallback(() => {
    const inside = frame.current?.contentDocument;
    if (!frame.current || !inside?.body) return;
    writeMail(html, inside);
    frame.current.height = String(Math.min(Math.max(inside.documentElement.scrollHeight, 160), 1200));
  }, [html]);
  useEffect(show, [show]);
  return (
    <iframe
      ref={frame}
      className={classes.frame}
      title={title}
      srcDoc={EMPTY}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      onLoad={show}
    />
  );
}
