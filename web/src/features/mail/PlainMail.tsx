import { useTranslation } from "react-i18next";
import classes from "./Mail.module.css";

/** A message as words only; its links can be followed. */
export function PlainMail({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t("mail.asText")}>
      <h3 className={classes.heading}>{t("mail.asText")}</h3>
      <p className={classes.plain}>
        {text.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) =>
          index % 2 === 1 ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the order is what they are
            <a key={index} href={part} target="_blank" rel="noopener noreferrer">
              {part}
            </a>
          ) : (
            part
          ),
        )}
      </p>
    </section>
  );
}
