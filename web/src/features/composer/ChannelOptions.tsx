import { Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Channel, OptionSpec, Options } from "@/api/model";
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
          spec={spec}
          value={options[spec.name]}
          onChange={(value) => onChange(spec.name, value)}
        />
      ))}
    </fieldset>
  );
}

/** What may be this long is written like a text, a link apart: a comment, a description. */
const SEVERAL_LINES = 300;

interface OptionProps {
  spec: OptionSpec;
  value: unknown;
  onChange: (value: unknown) => void;
}

function Option({ spec: { name, label, help, kind }, value, onChange }: OptionProps) {
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
  if (kind.max >= SEVERAL_LINES && name !== "link") {
    return (
      <Textarea
        className={classes.wide}
        label={label}
        description={help || undefined}
        autosize
        minRows={2}
        maxRows={10}
        value={typeof value === "string" ? value : ""}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
    );
  }
  return (
    <TextInput
      label={label}
      description={help || undefined}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
