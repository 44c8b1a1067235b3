import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/model";
import { beyond, codeText } from "@/i18n/error-text";
import { Notice } from "@/ui/Notice";
import classes from "./Findings.module.css";
import type { SharedFinding } from "./findings";

interface FindingsProps {
  findings: SharedFinding[];
  channels: Channel[];
  /** Leads to the text of one channel alone. */
  onEditFor?: (channelId: string) => void;
}

/** What the server found, beside what it is about. */
export function Findings({ findings, channels, onEditFor }: FindingsProps) {
  const { t } = useTranslation();
  if (findings.length === 0) return null;
  return (
    <ul className={classes.list}>
      {findings.map((finding) => {
        const named = channels.filter(({ id }) => finding.channelIds.includes(id));
        const names = named.map(({ name }) => name).join(", ");
        const title = codeText(finding.code);
        const only =
          named.length === 1 && finding.level === "error" && finding.field === "text" ? named[0] : undefined;
        return (
          <li key={`${finding.code} ${finding.field} ${finding.detail}`}>
            <Notice
              tone={finding.level === "error" ? "bad" : "warn"}
              title={names ? `${names}: ${title}` : title}
              action={
                only &&
                onEditFor && (
                  <Button size="xs" onClick={() => onEditFor(only.id)}>
                    {t("composer.findings.editFor", { name: only.name })}
                  </Button>
                )
              }
            >
              {beyond(title, finding.detail)}
            </Notice>
          </li>
        );
      })}
    </ul>
  );
}
