import type { ReactNode } from "react";
import classes from "./PlatformTile.module.css";

/** Simple marks of our own, drawn on a 24 × 24 field; nothing is fetched from a platform. */
const GLYPHS: Record<string, ReactNode> = {
  facebook: (
    <path
      d="M13.4 21v-7.6h2.7l.5-3.3h-3.2V8.2c0-1 .4-1.7 1.8-1.7h1.5V3.6A18 18 0 0 0 14.3 3.4c-2.5 0-4.2 1.5-4.2 4.3v2.4H7.4v3.3h2.7V21z"
      fill="currentColor"
    />
  ),
  instagram: (
    <g fill="none" stroke="currentColor" strokeWidth="2">
      <rect x="4.5" y="4.5" width="15" height="15" rx="4.5" />
      <circle cx="12" cy="12" r="3.4" />
      <circle cx="16.2" cy="7.8" r="0.6" fill="currentColor" />
    </g>
  ),
  bluesky: (
    <path
      d="M12 11.2C11 9 8.200 5.600 5.700 4.200 3.600 3 3 4.100 3 5.300c0 1.400.6 5.700 1 6.900.7 2.200 2.700 2.500 4.700 2.200-3 .5-4.500 2-2.500 4.400 2.400 2.800 4.700-.4 5.800-3 1.100 2.600 3.100 5.600 5.800 3 2.100-2 .5-3.900-2.500-4.400 2 .3 4-.0 4.700-2.200.4-1.200 1-5.500 1-6.900 0-1.200-.6-2.300-2.700-1.100C15.800 5.600 13 9 12 11.200z"
      fill="currentColor"
    />
  ),
  mastodon: (
    <path
      d="M5 18.500V8.800C5 6.500 6.500 5 8.500 5S12 6.500 12 8.800V13M12 8.800C12 6.500 13.500 5 15.500 5S19 6.500 19 8.800v9.700"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.600"
      strokeLinecap="round"
    />
  ),
  gdrive: (
    <path
      d="M3.5 7.2c0-1 .8-1.7 1.7-1.7h4.2l2.1 2.3h7.3c1 0 1.7.8 1.7 1.7v7.3c0 1-.8 1.7-1.7 1.7H5.2c-1 0-1.7-.8-1.7-1.7z"
      fill="currentColor"
    />
  ),
};

/** A platform's small coloured mark. It always stands beside a name, so it is silent for screen readers. */
export function PlatformTile({
  platform,
  size = 18,
  muted = false,
}: {
  platform: string;
  size?: 18 | 20 | 36;
  muted?: boolean;
}) {
  return (
    <span
      className={classes.tile}
      data-platform={platform}
      data-size={size}
      data-muted={muted || undefined}
      aria-hidden="true"
    >
      <svg viewBox="0 0 24 24" focusable="false" aria-hidden="true">
        {GLYPHS[platform] ?? <circle cx="12" cy="12" r="5" fill="currentColor" />}
      </svg>
    </span>
  );
}
