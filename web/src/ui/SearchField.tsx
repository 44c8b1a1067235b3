import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

interface SearchFieldProps {
  label: string;
  /** What is looked for, as the address has it. */
  value: string;
  /** Called when typing rests. */
  onChange: (words: string) => void;
}

/** Words to look for. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState(value);
  const find = useDebouncedCallback((typed: string) => onChange(typed.trim()), 250);
  // Back, forward and links change the address without typing.
  useEffect(() => setWords((now) => (now.trim() === value ? now : value)), [value]);
  const type = (text: string) => {
    setWords(text);
    find(text);
  };
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<Search size={15} aria-hidden="true" />}
      rightSection={
        words && <CloseButton size="sm" aria-label={t("common.clearSearch")} onClick={() => type("")} />
      }
      value={words}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
