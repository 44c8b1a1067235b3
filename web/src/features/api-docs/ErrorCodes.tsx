import { useTranslation } from "react-i18next";
import { codeText } from "@/i18n/error-text";
import classes from "./ApiDocsPage.module.css";

/** Every code that a refusal can have, with what it means. */
export function ErrorCodes() {
  const { t, i18n } = useTranslation();
  const words: Record<string, unknown> = i18n.getResource(i18n.language, "translation", "errors") ?? {};
  return (
    <section id="codes" className={classes.area} aria-label={t("apiDocs.codes.title")}>
      <h2 className={classes.heading}>{t("apiDocs.codes.title")}</h2>
      <p className={classes.lead}>{t("apiDocs.codes.detail")}</p>
      <dl className={classes.codes}>
        {Object.keys(words)
          .sort()
          .map((code) => (
            <div key={code}>
              <dt>
                <code>{code}</code>
              </dt>
              <dd>{codeText(code)}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
