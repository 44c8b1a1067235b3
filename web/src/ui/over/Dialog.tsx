import { lazy, Suspense, useState } from "react";
import { useReturnFocus } from "../use-return-focus";
import { loadOver } from "./load";
import type { DialogProps } from "./OpenDialog";

const OpenDialog = lazy(async () => ({ default: (await loadOver()).OpenDialog }));

/** A dialog over the page with its title and a button that closes it. It is loaded when it is first opened. */
export function Dialog({ opened = true, ...props }: Omit<DialogProps, "opened"> & { opened?: boolean }) {
  const [used, setUsed] = useState(opened);
  if (opened && !used) setUsed(true);
  useReturnFocus(opened);
  return (
    used && (
      <Suspense>
        <OpenDialog {...props} opened={opened} />
      </Suspense>
    )
  );
}
