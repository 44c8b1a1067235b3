import { type ChangeEvent, type FormEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { codeText, fieldText } from "@/i18n/error-text";

/** The code of what is wrong with a text, by the rules that the browser can know; the server knows the others. */
type Check = (text: string) => string | null;

export const needed: Check = (text) => (text.trim() === "" ? "required" : null);

/** Of passwords every character counts. */
export const neededExactly: Check = (text) => (text === "" ? "required" : null);

/** Whether an address exists is known to mail only; that it is none is often seen. */
export const address: Check = (text) =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim()) ? null : "invalid_email";

/**
 * The texts of a form: what is in each, and what is wrong with it, as the browser sees at once or as the server answered.
 *
 * Nothing is sent while something is wrong that can be seen here. The focus goes to the first field that is wrong, whoever
 * found it; where no field is, back to the button, which cannot hold it while it waits for the answer.
 */
export function useTexts<Name extends string>(
  begin: Record<Name, string>,
  checks: Partial<Record<Name, Check>>,
  refused?: unknown,
) {
  const [values, setValues] = useState(begin);
  const [wrong, setWrong] = useState<Partial<Record<Name, string>>>({});
  const set = (name: Name, value: string) => {
    setValues((now) => ({ ...now, [name]: value }));
    setWrong((now) => ({ ...now, [name]: undefined }));
  };
  const field = (name: Name) => {
    const seen = wrong[name];
    return {
      name,
      value: values[name],
      error: seen ? codeText(seen) : fieldText(refused, name),
      onChange: (event: ChangeEvent<HTMLInputElement>) => set(name, event.currentTarget.value),
    };
  };
  const form = useRef<HTMLFormElement>(null);
  const onRefusal = useEffectEvent(() => {
    if (!form.current) return;
    const name = (Object.keys(values) as Name[]).find((each) => fieldText(refused, each));
    const wrongField = name && (form.current.elements.namedItem(name) as HTMLElement | null);
    const isNowhere = document.activeElement === document.body;
    if (wrongField) wrongField.focus();
    else if (isNowhere) form.current.querySelector<HTMLElement>('[type="submit"]')?.focus();
  });
  useEffect(() => {
    if (refused) onRefusal();
  }, [refused]);
  const sends = (send: (values: Record<Name, string>) => void) => (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    form.current = event.currentTarget;
    const names = Object.keys(checks) as Name[];
    const found = names.flatMap((name) => {
      const code = checks[name]?.(values[name]);
      return code ? [[name, code] as const] : [];
    });
    setWrong(Object.fromEntries(found) as typeof wrong);
    const [first] = found;
    if (!first) send(values);
    else (event.currentTarget.elements.namedItem(first[0]) as HTMLElement | null)?.focus();
  };
  return { values, set, field, sends };
}
