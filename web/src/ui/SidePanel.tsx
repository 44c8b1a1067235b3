import { ActionIcon } from "@mantine/core";
import { useFocusTrap, useMediaQuery, useMergedRef } from "@mantine/hooks";
import { X } from "lucide-react";
import { type ReactNode, useEffect, useEffectEvent, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { giveFocusBack } from "./give-focus-back";
import classes from "./SidePanel.module.css";

interface SidePanelProps {
  title: ReactNode;
  onClose: () => void;
  /** Stays at the lower edge. */
  footer?: ReactNode;
  children: ReactNode;
}

/** Panels that are open, the one on top last; it alone takes Esc. */
let open: readonly string[] = [];

/**
 * Detail over a list: the list stays usable, Esc closes, focus comes here and goes back where it was.
 *
 * On a narrow screen it covers the list, so there it keeps the focus as a dialog does.
 */
export function SidePanel({ title, onClose, footer, children }: SidePanelProps) {
  const { t } = useTranslation();
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  const covers = useMediaQuery("(max-width: 767px)", false, { getInitialValueInEffect: false }) ?? false;
  const trap = useFocusTrap(covers);
  const ref = useMergedRef(panel, trap);

  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    return () => giveFocusBack(before);
  }, []);

  // A dialog on top is gone from the page before the key has travelled on, so it is looked for before anybody acts on it.
  const meant = useRef(false);
  const onKeyFirst = useEffectEvent((event: KeyboardEvent) => {
    meant.current = event.key === "Escape" && open.at(-1) === id && !isCovered(panel.current);
  });
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === "Escape" && meant.current && !event.defaultPrevented) onClose();
  });
  useEffect(() => {
    open = [...open, id];
    window.addEventListener("keydown", onKeyFirst, true);
    window.addEventListener("keydown", onKey);
    return () => {
      open = open.filter((each) => each !== id);
      window.removeEventListener("keydown", onKeyFirst, true);
      window.removeEventListener("keydown", onKey);
    };
  }, [id]);

  return (
    <section
      ref={ref}
      className={classes.panel}
      role="dialog"
      aria-labelledby={id}
      aria-modal={covers || undefined}
      tabIndex={-1}
    >
      <header className={classes.header}>
        <h2 id={id} className={classes.title} dir="auto">
          {title}
        </h2>
        <ActionIcon aria-label={t("common.close")} onClick={onClose}>
          <X size={18} aria-hidden="true" />
        </ActionIcon>
      </header>
      <div className={classes.body}>{children}</div>
      {footer && <footer className={classes.footer}>{footer}</footer>}
    </section>
  );
}

/** A dialog, a menu or a list on top takes Esc first. */
function isCovered(panel: HTMLElement | null): boolean {
  const above = document.querySelectorAll('[aria-modal="true"], [role="menu"], [role="listbox"]');
  const seen = [...above].filter((element) => element.getClientRects().length > 0);
  return seen.some((element) => element !== panel && !panel?.contains(element));
}
