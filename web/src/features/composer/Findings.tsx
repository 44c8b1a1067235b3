import { Button } from "@mantine/core";
import { CalendarClock, Crop, RefreshCw, Scissors } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/model";
import { beyond, codeText } from "@/i18n/error-text";
import { dateAndTime } from "@/i18n/format";
import { Notice } from "@/ui/Notice";
import classes from "./Findings.module.css";
import { optionOf, type SharedFinding } from "./findings";

interface FindingsProps {
  findings: SharedFinding[];
  channels: Channel[];
  /** Leads to the text of one channel alone. */
  onEditFor?: (channelId: string) => void;
  /** Leads to the input of an option. */
  onShowOption?: (channelId: string, option: string) => void;
  /** Describes the picture or video that the findings are about. */
  onDescribe?: (() => void) | undefined;
  /** Mends what the finding is about, for that channel. */
  onFix?: (finding: SharedFinding, channel: Channel) => void;
  /** What is being mended. */
  fixing?: SharedFinding | null;
  /** Whose clocks times are told by. */
  zone?: string;
}

/** What the server found, beside what it is about, with the ways to mend it. */
export function Findings(props: FindingsProps) {
  const { findings, channels, onEditFor, onShowOption, onDescribe, onFix, fixing, zone } = props;
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
        const option = optionOf(finding.field);
        return (
          <li key={`${finding.code} ${finding.field} ${finding.detail}`}>
            <Notice
              tone={finding.level === "error" ? "bad" : "warn"}
              title={names ? `${names}: ${title}` : title}
              action={
                <>
                  {onFix && finding.fix && (
                    <FixButtons
                      finding={finding}
                      named={named}
                      zone={zone}
                      busy={fixing === finding}
                      onFix={(channel) => onFix(finding, channel)}
                    />
                  )}
                  {only && onEditFor && (
                    <Button size="xs" onClick={() => onEditFor(only.id)}>
                      {t("editor.findings.editFor", { name: only.name })}
                    </Button>
                  )}
                  {onShowOption &&
                    option &&
                    named
                      .filter(({ rules }) => rules.options.some(({ name }) => name === option))
                      .map(({ id, name }) => (
                        <Button key={id} size="xs" onClick={() => onShowOption(id, option)}>
                          {t("editor.findings.showOption", { name })}
                        </Button>
                      ))}
                  {onDescribe && finding.field.endsWith(".alt") && (
                    <Button size="xs" onClick={onDescribe}>
                      {t("editor.findings.describe")}
                    </Button>
                  )}
                </>
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

const ICONS = { shorten: Scissors, crop: Crop, convert: RefreshCw, move: CalendarClock };

interface FixButtonsProps {
  finding: SharedFinding;
  named: Channel[];
  zone: string | undefined;
  busy: boolean;
  onFix: (channel: Channel) => void;
}

/** A text is shortened for each channel by itself; a picture and the time are the same on all of them. */
function FixButtons({ finding: { fix }, named, zone, busy, onFix }: FixButtonsProps) {
  const { t } = useTranslation();
  if (!fix) return null;
  const { kind } = fix;
  const Icon = ICONS[kind];
  const at = kind === "move" ? dateAndTime(fix.at, zone) : "";
  return named.slice(0, kind === "shorten" ? named.length : 1).map((channel) => (
    <Button
      key={channel.id}
      size="xs"
      loading={busy}
      leftSection={<Icon size={13} aria-hidden="true" />}
      onClick={() => onFix(channel)}
    >
      {t(`editor.fix.${kind}`, { name: channel.name, at })}
    </Button>
  ));
}
