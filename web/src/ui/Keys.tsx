import classes from "./Keys.module.css";

/** Keys as they are drawn on a keyboard; each press is a list of keys held together. */
export function Keys({ presses, between }: { presses: readonly (readonly string[])[]; between?: string }) {
  return (
    <span className={classes.keys}>
      {presses.map((press, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is what they are
        <span key={index} className={classes.press}>
          {index > 0 && between && <span className={classes.between}>{between}</span>}
          {press.map((key) => (
            <kbd key={key} className={classes.key}>
              {key}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
