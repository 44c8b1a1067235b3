import { Button, Popover, SegmentedControl } from "@mantine/core";
import { CalendarClock, ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import { dateAndTime, zoneName } from "@/i18n/format";
import { TimeFields } from "@/ui/time/TimeFields";
import { toInstant } from "@/ui/time/wall-clock";
import type { When } from "./draft";
import classes from "./WhenPicker.module.css";

interface WhenPickerProps {
  when: When;
  onChange: (when: When) => void;
  /** A post that has a time already cannot become a draft again here. */
  canBeDraft: boolean;
}

/** Now, at a time, or not yet. */
export function WhenPicker({ when, onChange, canBeDraft }: WhenPickerProps) {
  const { t } = useTranslation();
  const at = toInstant(when, when.zone);
  const shown = at ? `${dateAndTime(at, when.zone)} ${zoneName(when.zone, at)}` : t("composer.when.invalid");
  const kinds = (["now", "at", "draft"] as const).filter((kind) => kind !== "draft" || canBeDraft);
  return (
    <div className={classes.when}>
      <SegmentedControl
        aria-label={t("composer.when.label")}
        value={when.kind}
        onChange={(kind) => onChange({ ...when, kind: kind as When["kind"] })}
        data={kinds.map((value) => ({ value, label: t(`composer.when.${value}`) }))}
      />
      {when.kind === "at" && (
        <Popover position="top-start" trapFocus withinPortal width="auto">
          <Popover.Target>
            <Button
              leftSection={<CalendarClock size={15} aria-hidden="true" />}
              rightSection={<ChevronDown size={14} aria-hidden="true" />}
              aria-label={t("composer.when.change", { at: shown })}
            >
              {shown}
            </Button>
          </Popover.Target>
          <Popover.Dropdown className={classes.dropdown}>
            <TimeFields
              clock={when}
              zone={when.zone}
              onChange={(change) => onChange({ ...when, ...change })}
            />
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  );
}
