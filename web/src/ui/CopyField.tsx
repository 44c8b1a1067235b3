import { ActionIcon, CopyButton } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "./CopyField.module.css";

/** A value to take elsewhere: shown whole, copied by one press. */
export function CopyField({ value, label }: { value: string; label?: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.field}>
      {label && <span className={classes.label}>{label}</span>}
      <div className={classes.row}>
        <code className={classes.value}>{value}</code>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <ActionIcon
              size={28}
              aria-label={`${t("common.copy")} ${label ?? value}`}
              data-tip={copied ? t("common.copied") : t("common.copy")}
              onClick={copy}
            >
              {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
            </ActionIcon>
          )}
        </CopyButton>
      </div>
    </div>
  );
}
