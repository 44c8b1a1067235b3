import { Select, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Channel, OptionSpec, Options } from "@/api/model";
import { manifestInOurWords } from "@/i18n/server-words";
import classes from "./ChannelOptions.module.css";

interface ChannelOptionsProps {
  channel: Channel;
  options: Options;
  /** `undefined` goes back to the platform's default. */
  onChange: (name: string, value: unknown) => void;
}

/** What a person may choose for one channel, as its platform's manifest names it. */
export function ChannelOptions({ channel, options, onChange }: ChannelOptionsProps) {
  const { t } = useTranslation();
  if (channel.rules.options.length === 0) return null;
  return (
    <fieldset className={classes.options} aria-label={t("composer.options.legend", { name: channel.name })}>
      {channel.rules.options.map((spec) => (
        <Option
          key={spec.name}
          spec={manifestInOurWords(spec)}
          value={options[spec.name]}
          settled={channel.option_defaults?.[spec.name]}
          onChange={(value) => onChange(spec.name, value)}
        />
      ))}
    </fieldset>
  );
}

interface OptionProps {
  spec: OptionSpec;
  value: unknown;
  /** What the account's settings say when the post does not. */
  settled: unknown;
  onChange: (value: unknown) => void;
}

function Option({ spec: { label, help, kind }, value, settled, onChange }: OptionProps) {
  if (kind.type === "flag") {
    return (
      <Switch
        label={label}
        description={help || undefined}
        checked={typeof value === "boolean" ? value : kind.default}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (kind.type === "choice") {
    return (
      <Select
        label={label}
        description={help || undefined}
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
        label={label}
        description={help || undefined}
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
        label={label}
        description={help || undefined}
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
        label={label}
        description={help || undefined}
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
      label={label}
      description={help || undefined}
      placeholder={typeof settled === "string" ? settled : undefined}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");
