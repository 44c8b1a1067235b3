import classes from "./InitialsAvatar.module.css";

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

/** A person's or an account's initials. Pictures kept at platforms are not loaded: the policy lets nothing in from outside. */
export function InitialsAvatar({ name, size = 28 }: { name: string; size?: 24 | 28 | 36 }) {
  return (
    <span className={classes.avatar} data-ground={ground(name)} data-size={size} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
