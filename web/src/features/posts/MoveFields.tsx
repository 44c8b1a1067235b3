import { NumberInput, SegmentedControl, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { browserZone } from "@/i18n/format";
import { TimeFields } from "@/ui/time/TimeFields";
import { proposal, toInstant, type WallClock } from "@/ui/time/wall-clock";
import classes from "./MoveFields.module.css";
import { type Shift, shifted } from "./shift-time";

/** Where several posts are moved: each by the same amount, or all to one time. */
export interface Move {
  how: "by" | "to";
  by: Shift;
  to: WallClock & { zone: string };
}

export const startingMove = (): Move => ({
  how: "by",
  by: { amount: 1, unit: "days" },
  to: { zone: browserZone(), ...proposal(browserZone()) },
});

/** The post's time after the move; `null` when that is no time. */
export const newTime = (post: Post, { how, by, to }: Move): Date | null =>
  how === "by" ? shifted(post.schedule, by) : toInstant(to, to.zone);

export function MoveFields({ move, onChange }: { move: Move; onChange: (move: Move) => void }) {
  const { t } = useTranslation();
  const { how, by, to } = move;
  return (
    <div className={classes.fields}>
      <SegmentedControl
        aria-label={t("posts.moveFields.how")}
        value={how}
        onChange={(chosen) => onChange({ ...move, how: chosen === "to" ? "to" : "by" })}
        data={[
          { value: "by", label: t("posts.moveFields.by") },
          { value: "to", label: t("posts.moveFields.to") },
        ]}
      />
      {how === "by" ? (
        <div className={classes.amount}>
          <NumberInput
            label={t("posts.moveFields.amount")}
            min={1}
            max={1000}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            value={Math.abs(by.amount)}
            onChange={(value) => {
              const size = Math.trunc(Number(value)) || 1;
              onChange({ ...move, by: { ...by, amount: Math.sign(by.amount) * Math.max(size, 1) } });
            }}
          />
          <Select
            label={t("posts.moveFields.unit")}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            data={[
              { value: "days", label: t("posts.moveFields.days") },
              { value: "hours", label: t("posts.moveFields.hours") },
            ]}
            value={by.unit}
            onChange={(unit) =>
              onChange({ ...move, by: { ...by, unit: unit === "hours" ? "hours" : "days" } })
            }
          />
          <Select
            label={t("posts.moveFields.direction")}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            data={[
              { value: "later", label: t("posts.moveFields.later") },
              { value: "earlier", label: t("posts.moveFields.earlier") },
            ]}
            value={by.amount < 0 ? "earlier" : "later"}
            onChange={(direction) => {
              const amount = Math.abs(by.amount) * (direction === "earlier" ? -1 : 1);
              onChange({ ...move, by: { ...by, amount } });
            }}
          />
        </div>
      ) : (
        <TimeFields
          clock={to}
          zone={to.zone}
          onChange={(change) => onChange({ ...move, to: { ...to, ...change } })}
        />
      )}
    </div>
  );
}
