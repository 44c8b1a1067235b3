import classes from "./SetupPage.module.css";

/** What a step asks for, and why. */
export function StepHeading({ title, detail }: { title: string; detail: string }) {
  return (
    <>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.detail}>{detail}</p>
    </>
  );
}
