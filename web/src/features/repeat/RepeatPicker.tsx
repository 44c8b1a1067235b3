import { Button } from "@mantine/core";
import { ChevronDown, Repeat2 } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { LatePopover } from "@/ui/over/LatePopover";
import type { WallClock } from "@/ui/time/wall-clock";
import classes from "./RepeatPicker.module.css";
import type { Rule } from "./rule";
import { useRuleWords } from "./rule-words";

const RepeatFields = lazy(() => import("./RepeatFields").then((part) => ({ default: part.RepeatFields })));

interface RepeatPickerProps {
  rule: Rule | null;
  /** When it goes out the first time. */
  clock: WallClock;
  zone: string;
  onChange: (rule: Rule | null) => void;
}

/** Whether a post comes round again, and how; opens the rule with its next ten times. */
export function RepeatPicker(props: RepeatPickerProps) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const said = props.rule ? words(props.rule) : t("scheduling.repeat.none");
  return (
    <LatePopover
      position="top-start"
      width="auto"
      className={classes.dropdown}
      label={t("scheduling.repeat.kind")}
      target={
        <Button
          className={classes.button}
          leftSection={<Repeat2 size={15} aria-hidden="true" />}
          rightSection={<ChevronDown size={14} aria-hidden="true" />}
          aria-label={t("scheduling.repeat.change", { rule: said })}
        >
          <span className={classes.rule}>{said}</span>
        </Button>
      }
    >
      {() => (
        <Suspense fallback={<div className={classes.loading} aria-busy="true" />}>
          <RepeatFields {...props} />
        </Suspense>
      )}
    </LatePopover>
  );
}
