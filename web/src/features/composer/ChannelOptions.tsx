import { Select, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Channel, OptionSpec, Options } from "@/api/model";
import { codeText } from "@/i18n/error-text";
import { inOurWords, manifestInOurWords } from "@/i18n/server-words";
import classes from "./ChannelOptions.module.css";
import { optionOf, type SharedFinding } from "./findings";

interface ChannelOptionsProps {
  channel: Channel;
  options: Options;
  /** What the check says about them. */
  findings: SharedFinding[];
  /** The option that is led to. */
  sought: { option?: string };
  /** `undefined` goes back to the platform's default. */
  onChange: (name: string, value: unknown) => void;
}

/** What a person may choose for one channel, as its platform's manifest names it. */
export function ChannelOptions({ channel, options, findings, sought, onChange }: ChannelOptionsProps) {
  const { t } = useTranslation();
  const prefix = useId();
  useEffect(() => {
    if (sought.option) document.getElementById(prefix + sought.option)?.focus();
  }, [prefix, sought]);
  if (channel.rules.options.length === 0) return null;
  return (
    <fieldset className={classes.options} aria-label={t("editor.options.legend", { name: channel.name })}>
      {channel.rules.options.map((spec) => (
        <Option
          key={spec.name}
          id={prefix + spec.name}
          spec={manifestInOurWords(spec)}
          value={options[spec.name]}
          settled={channel.option_defaults?.[spec.name]}
          findings={findings.filter(({ field }) => optionOf(field) === spec.name)}
          onChange={(value) => onChange(spec.name, value)}
        />
      ))}
    </fieldset>
  );
}

interface OptionProps {
  id: string;
  spec: OptionSpec;
  value: unknown;
  /** What the account's settings say when the post does not. */
  settled: unknown;
  findings: SharedFinding[];
  onChange: (value: unknown) => void;
}

function Option({ id, spec: { label, help, kind }, value, settled, findings, onChange }: OptionProps) {
  const field = { id, label, ...wordsAt(help, findings) };
  if (kind.type === "flag") {
    return (
      <Switch
        {...field}
        checked={typeof value === "boolean" ? value : kind.default}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (kind.type === "choice") {
    return (
      <Select
        {...field}
        data={kind.choices}
        allowDeselect={false}
        value={typeof value === "string" ? value : kind.default}
        onChange={(chosen) => chosen !== null && onChange(chosen)}
      />
    );
  }
  if (kind.type === "long_text") {
    return (
      <Textarea
        className={classes.wide}
        dir="auto"
        {...field}
        autosize
        minRows={2}
        maxRows={8}
        value={typeof value === "string" ? value : ""}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
    );
  }
  if (kind.type === "names") {
    return (
      <TagsInput
        dir="auto"
        {...field}
        maxTags={kind.max_items}
        acceptValueOnBlur
        splitChars={[",", " "]}
        value={isTexts(value) ? value : []}
        onChange={(names) => onChange(names.length > 0 ? names : undefined)}
      />
    );
  }
  if (kind.type === "number") {
    return (
      <TextInput
        type="number"
        inputMode="decimal"
        {...field}
        min={kind.min}
        max={kind.max}
        step={kind.step}
        rightSection={<span className={classes.unit}>{kind.unit}</span>}
        rightSectionWidth={72}
        value={typeof value === "number" ? value : ""}
        onChange={(event) => {
          const written = event.currentTarget.valueAsNumber;
          onChange(Number.isNaN(written) ? undefined : written);
        }}
      />
    );
  }
  return (
    <TextInput
      dir="auto"
      {...field}
      placeholder={typeof settled === "string" ? settled : undefined}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}

/** Errors stand below the input and mark it as wrong; warnings only explain, as the help does. */
function wordsAt(help: string, findings: SharedFinding[]): { description: ReactNode; error: ReactNode } {
  const words = (level: SharedFinding["level"]) =>
    findings
      .filter((finding) => finding.level === level)
      .map(({ code, detail }) => inOurWords(detail) || codeText(code))
      .join(" ");
  const warning = words("warning");
  return {
    description:
      help || warning ? (
        <>
          {help} {warning && <span className={classes.warning}>{warning}</span>}
        </>
      ) : undefined,
    error: words("error") || undefined,
  };
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");
