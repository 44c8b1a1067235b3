import "@mantine/core/styles/Pill.layer.css";
import "@mantine/core/styles/PillsInput.layer.css";
import { TagsInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { tagsQuery } from "./queries";

interface TagsFieldProps {
  label: string;
  description?: string;
  value: string[];
  /** Only these can be chosen; otherwise those in use are suggested. */
  among?: string[];
  onChange: (tags: string[]) => void;
}

/** Tags as the server keeps them: small letters, single spaces, no `#`. */
const normal = (tag: string): string =>
  tag
    .replace(/^[#\s]+/, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();

/** Tags to write or to choose. */
export function TagsField({ label, description, value, among, onChange }: TagsFieldProps) {
  const { t } = useTranslation();
  const { data: known = [] } = useQuery(tagsQuery);
  return (
    <TagsInput
      label={label}
      {...(description ? { description } : {})}
      placeholder={value.length === 0 ? t("library.tagsPlaceholder") : ""}
      data={among ?? known.map(({ tag }) => tag)}
      limit={20}
      maxTags={30}
      value={value}
      splitChars={[","]}
      acceptValueOnBlur
      onChange={(tags) => {
        const kept = [...new Set(tags.map(normal))].filter(
          (tag) => tag !== "" && tag.length <= 40 && (!among || among.includes(tag)),
        );
        onChange(kept);
      }}
    />
  );
}
