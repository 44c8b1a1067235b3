import {
  cloneElement,
  type HTMLAttributes,
  type ReactElement,
  type ReactNode,
  type Ref,
  type RefObject,
  Suspense,
  useId,
  useRef,
  useState,
} from "react";

/** What is opened by a button that was there before it. */
export interface Popup {
  button: RefObject<HTMLElement | null>;
  /** The button's; the popup is named by it. */
  id: string;
  opened: boolean;
  onChange: (opened: boolean) => void;
}

export interface OpenerProps {
  kind: "menu" | "dialog";
  /** The button, which is shown at once and stays the same element for good. */
  target: ReactElement<HTMLAttributes<HTMLElement> & { ref?: Ref<HTMLElement> }>;
  /** Fetches what is opened: by the first sign that somebody wants to. */
  load: () => Promise<unknown>;
  /** What is opened; rendered from the first time on, and may still be loading then. */
  children: (popup: Popup) => ReactNode;
}

/** A button that opens something which is not loaded yet. It opens as soon as it is there. */
export function Opener({ kind, target, load, children }: OpenerProps) {
  const id = useId();
  const button = useRef<HTMLElement>(null);
  const [opened, setOpened] = useState(false);
  const [used, setUsed] = useState(false);
  // Should it fail, the click tries again, and says so.
  const expect = () => void load().catch(() => undefined);
  return (
    <>
      {cloneElement(target, {
        ref: button,
        id,
        "aria-haspopup": kind,
        "aria-expanded": opened,
        "aria-controls": opened ? dropdownId(id) : undefined,
        onPointerEnter: expect,
        onFocus: expect,
        onClick: () => {
          setUsed(true);
          setOpened(!opened);
        },
      })}
      {used && <Suspense>{children({ button, id, opened, onChange: setOpened })}</Suspense>}
    </>
  );
}

/** As Mantine names a dropdown by its target. */
const dropdownId = (id: string): string => `${id}-dropdown`;
