import { ActionIcon, TextInput } from "@mantine/core";
import { Check, X } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { codeText, errorLine } from "@/i18n/error-text";
import classes from "./InlineName.module.css";

interface InlineNameProps {
  label: string;
  name: string;
  onSave: (name: string) => Promise<unknown>;
  onClose: () => void;
}

/** The menu that opened the field gives the focus back to its own button first, a moment after it closed. */
const AFTER_MENU = 50;

/** A name that is changed where it stands: Enter keeps it, Esc leaves it as it was. */
export function InlineName({ label, name: before, onSave, onClose }: InlineNameProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(before);
  const [error, setError] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const wanted = name.trim();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const soon = window.setTimeout(() => field.current?.focus(), AFTER_MENU);
    return () => window.clearTimeout(soon);
  }, []);

  const save = (event: FormEvent) => {
    event.preventDefault();
    if (wanted === "") return setError(codeText("required"));
    if (wanted === before) return onClose();
    setPending(true);
    onSave(wanted).catch((failure: unknown) => {
      setPending(false);
      setError(errorLine(failure));
    });
  };

  return (
    <form className={classes.form} onSubmit={save} noValidate>
      <TextInput
        className={classes.input}
        ref={field}
        aria-label={label}
        value={name}
        error={error}
        disabled={pending}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setError(null);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          // Only the change is given up, not the panel around it.
          event.preventDefault();
          event.stopPropagation();
          onClose();
        }}
      />
      <ActionIcon type="submit" size={28} loading={pending} aria-label={t("common.save")}>
        <Check size={16} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon size={28} aria-label={t("common.cancel")} onClick={onClose}>
        <X size={16} aria-hidden="true" />
      </ActionIcon>
    </form>
  );
}
