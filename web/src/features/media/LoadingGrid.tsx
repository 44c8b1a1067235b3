import { Skeleton } from "@mantine/core";
import classes from "./LoadingGrid.module.css";

const PLACES = Array.from({ length: 12 }, (_, place) => `place ${place}`);

/** The shape of what comes. */
export function LoadingGrid({ view }: { view: "grid" | "list" }) {
  return (
    <div className={view === "grid" ? classes.grid : classes.list} aria-busy="true">
      {PLACES.map((place) =>
        view === "grid" ? (
          <div key={place}>
            <Skeleton className={classes.square} radius={12} />
            <Skeleton height={12} width="70%" mt={10} />
            <Skeleton height={10} width="45%" mt={8} />
          </div>
        ) : (
          <div key={place} className={classes.line}>
            <Skeleton height={44} width={44} radius={8} />
            <Skeleton height={14} width="40%" />
          </div>
        ),
      )}
    </div>
  );
}
