import classes from "./Bar.module.css";

/** How much of something is done, as a thin bar. */
export function Bar({ label, percent }: { label: string; percent: number }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
      className={classes.bar}
    >
      <span style={{ width: `${percent}%` }} />
    </div>
  );
}
