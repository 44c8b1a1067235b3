/** Fanfare's mark: the three valves of a trumpet. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <g fill="#fff">
        <rect x="7.5" y="14" width="4" height="10" rx="2" />
        <rect x="14" y="8" width="4" height="16" rx="2" />
        <rect x="20.5" y="12" width="4" height="12" rx="2" />
      </g>
    </svg>
  );
}
