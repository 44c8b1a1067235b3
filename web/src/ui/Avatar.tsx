import { useState } from "react";
import classes from "./Avatar.module.css";

interface AvatarProps {
  name: string;
  /** Where the picture is, at our own server: the policy lets nothing in from outside. */
  src?: string | undefined;
  size?: 24 | 28 | 36;
}

function initials(name: string): string {
  const words = name
    .replace(/^@/, "")
    .split(/[\s._@-]+/)
    .filter(Boolean);
  const first = words[0]?.[0] ?? "?";
  const second = words.length > 1 ? (words[1]?.[0] ?? "") : "";
  return (first + second).toUpperCase();
}

/** One of six grounds, always the same for the same name. */
const ground = (name: string) =>
  [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 6, 0);

/** A person's or an account's initials, and over them the picture once it is there. It always stands beside the name. */
export function Avatar({ name, src, size = 28 }: AvatarProps) {
  return (
    <span className={classes.avatar} data-ground={ground(name)} data-size={size} aria-hidden="true">
      {initials(name)}
      {src && <Picture key={src} src={src} />}
    </span>
  );
}

function Picture({ src }: { src: string }) {
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading");
  if (state === "failed") return null;
  return (
    <img
      className={classes.picture}
      data-shown={state === "shown" || undefined}
      src={src}
      alt=""
      draggable={false}
      loading="lazy"
      decoding="async"
      onLoad={() => setState("shown")}
      onError={() => setState("failed")}
    />
  );
}
