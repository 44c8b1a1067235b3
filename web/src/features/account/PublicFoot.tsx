import { useTranslation } from "react-i18next";
import { chooseLanguage, currentLanguage } from "@/i18n";
import { LANGUAGE_CODES, LANGUAGES } from "@/i18n/languages";
import { TextLink } from "@/ui/links";
import { toastFailed } from "@/ui/toast";
import classes from "./PublicFoot.module.css";

/** At the foot of every page that needs no account: the legal pages, and the other languages. */
export function PublicFoot() {
  const { t } = useTranslation();
  return (
    <footer className={classes.foot}>
      <TextLink to="/privacy">{t("legal.privacy")}</TextLink>
      <TextLink to="/terms">{t("legal.terms")}</TextLink>
      {LANGUAGE_CODES.filter((code) => code !== currentLanguage()).map((code) => (
        <button
          key={code}
          type="button"
          lang={code}
          className={classes.language}
          onClick={() => void chooseLanguage(code).catch((error: unknown) => toastFailed(error))}
        >
          {LANGUAGES[code].name}
        </button>
      ))}
    </footer>
  );
}
