import { ActionIcon } from "@mantine/core";
import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import classes from "./SidePanel.module.css";

interface SidePanelProps {
  title: ReactNode;
  onClose: () => void;
  /** Stays at the lower edge. */
  footer?: ReactNode;
  children: ReactNode;
}

/**
 * Detail over a list: the list stays usable, Esc closes, focus comes here and goes back where it was.
 */
export function SidePanel({ title, onClose, footer, children }: SidePanelProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const panel = useRef<HTMLElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      // A dialog or a menu on top takes Esc first.
      const above = document.querySelectorAll('[aria-modal="true"], [role="menu"], [role="listbox"]');
      if ([...above].some((element) => element.getClientRects().length > 0)) return;
      onClose();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onClose]);

  return (
    <section ref={panel} className={classes.panel} role="dialog" aria-labelledby={titleId} tabIndex={-1}>
      <header className={classes.header}>
        <h2 id={titleId} className={classes.title}>
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
