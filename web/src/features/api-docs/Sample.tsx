import { ActionIcon, CopyButton, SegmentedControl } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Operation } from "./description";
import { asked, type Filled, KEY_TO_FILL_IN } from "./request";
import classes from "./Sample.module.css";
import { LANGUAGES, type Language, sample } from "./samples";

/** Names of their own, the same in every language of people. */
const NAMES: Record<Language, string> = { curl: "curl", javascript: "JavaScript", python: "Python" };

/** The call as a program makes it, with what is filled in beside. No key that was typed stands in it. */
export function Sample({ operation, filled }: { operation: Operation; filled: Filled }) {
  const { t } = useTranslation();
  const [language, setLanguage] = useState<Language>("curl");
  const key = operation.isOpen ? null : KEY_TO_FILL_IN;
  const text = sample(language, asked(operation, filled, location.origin, key), operation);
  return (
    <section aria-label={t("apiDocs.example")}>
      <div className={classes.head}>
        <h4 className={classes.title}>{t("apiDocs.example")}</h4>
        <SegmentedControl
          size="xs"
          aria-label={t("apiDocs.language")}
          data={LANGUAGES.map((value) => ({ value, label: NAMES[value] }))}
          value={language}
          onChange={(value) => setLanguage(value as Language)}
        />
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <ActionIcon
              size={28}
              aria-label={t("apiDocs.copy")}
              data-tip={copied ? t("common.copied") : t("common.copy")}
              onClick={copy}
            >
              {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
            </ActionIcon>
          )}
        </CopyButton>
      </div>
      <pre className={classes.code}>
        <code>{text}</code>
      </pre>
    </section>
  );
}
