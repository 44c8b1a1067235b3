import { ActionIcon, CopyButton } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Raw.module.css";

interface RawProps {
  title: string;
  /** As it is written; nothing where there is none. */
  text: string | null;
  /** What is said in place of a text that is not there. */
  none?: string;
  /** Beside the title, such as a choice of languages. */
  children?: ReactNode;
}

/** A text as programs write it, to read and to copy. */
export function Raw({ title, text, none, children }: RawProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={title}>
      <div className={classes.head}>
        <h3 className={classes.title}>{title}</h3>
        {children}
        {text && (
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <ActionIcon
                size={28}
                aria-label={`${t("common.copy")} ${title}`}
                data-tip={copied ? t("common.copied") : t("common.copy")}
                onClick={copy}
              >
                {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
              </ActionIcon>
            )}
          </CopyButton>
        )}
      </div>
      {text ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
        <pre className={classes.text} tabIndex={0}>
          {text}
        </pre>
      ) : (
        <p className={classes.none}>{none}</p>
      )}
    </section>
  );
}
