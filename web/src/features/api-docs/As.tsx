import { PasswordInput, SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./ApiDocsPage.module.css";
import type { Access } from "./access";
import { KEY_TO_FILL_IN } from "./request";

/** As whom calls are tried. */
export function As({ access, onChange }: { access: Access; onChange: (access: Access) => void }) {
  const { t } = useTranslation();
  const { signedIn, by, key } = access;
  return (
    <div className={classes.as}>
      {signedIn && (
        <SegmentedControl
          aria-label={t("apiDocs.try.as")}
          data={[
            { value: "session", label: t("apiDocs.try.asSession") },
            { value: "key", label: t("apiDocs.try.asKey") },
          ]}
          value={by}
          onChange={(value) => onChange({ ...access, by: value as Access["by"] })}
        />
      )}
      {by === "key" && (
        <PasswordInput
          className={classes.key}
          label={t("apiDocs.try.key")}
          description={t("apiDocs.try.keyHelp")}
          placeholder={KEY_TO_FILL_IN}
          autoComplete="off"
          value={key}
          onChange={(event) => onChange({ ...access, key: event.currentTarget.value.trim() })}
        />
      )}
    </div>
  );
}
