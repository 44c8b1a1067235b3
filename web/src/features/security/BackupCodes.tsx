import { Button, CopyButton } from "@mantine/core";
import { Check, Copy, Download, Printer } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import dialog from "@/ui/ConfirmDialog.module.css";
import { Notice } from "@/ui/Notice";
import { Dialog } from "@/ui/over/Dialog";
import classes from "./BackupCodes.module.css";

interface BackupCodesDialogProps {
  title: string;
  codes: readonly string[];
  onClose: () => void;
}

/** Ten codes that are shown this once. It closes by its button only, so that no stray key takes them away. */
export function BackupCodesDialog({ title, codes, onClose }: BackupCodesDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} size={520} withCloseButton={false} onClose={() => undefined}>
      <div className={classes.parts}>
        <Notice tone="warn" title={t("security.codes.now")}>
          {t("security.codes.why")}
        </Notice>
        <Codes codes={codes} />
      </div>
      <div className={dialog.actions}>
        <Button variant="filled" data-autofocus onClick={onClose}>
          {t("security.codes.kept")}
        </Button>
      </div>
    </Dialog>
  );
}

function Codes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const heading = t("security.codes.heading", { email: user.email });
  const text = `${heading}\n\n${codes.join("\n")}\n`;
  const file = useFile(text);
  return (
    <>
      <div data-printed>
        <p className={classes.heading}>{heading}</p>
        <ol className={classes.codes} aria-label={t("security.codes.label")}>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
      </div>
      <div className={classes.actions}>
        <CopyButton value={codes.join("\n")}>
          {({ copied, copy }) => (
            <Button
              leftSection={
                copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />
              }
              onClick={copy}
            >
              {copied ? t("common.copied") : t("common.copy")}
            </Button>
          )}
        </CopyButton>
        <Button
          component="a"
          href={file}
          download="fanfare-backup-codes.txt"
          leftSection={<Download size={14} aria-hidden="true" />}
        >
          {t("security.codes.download")}
        </Button>
        <Button leftSection={<Printer size={14} aria-hidden="true" />} onClick={() => window.print()}>
          {t("security.codes.print")}
        </Button>
      </div>
    </>
  );
}

/** An address under which the browser has the text as a file, for as long as it is shown. */
function useFile(text: string): string | undefined {
  const [file, setFile] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    setFile(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  return file;
}
