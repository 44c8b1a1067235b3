import "@mantine/dropzone/styles.layer.css";
import { Dropzone } from "@mantine/dropzone";
import { ImagePlus } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import classes from "./FileDrop.module.css";

/** What a file chooser offers first. What a file really is, the server finds out and says. */
export const ACCEPT = "image/jpeg,image/png,image/gif,image/webp,video/mp4,video/quicktime,video/webm";

/** Takes files dropped anywhere on the page, and pasted ones. */
export function FileDrop({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation();

  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = Array.from(event.clipboardData?.files ?? []);
      // Office programs put a picture of the text beside the text; people mean the text.
      if (files.length === 0 || event.clipboardData?.getData("text/plain")) return;
      event.preventDefault();
      onFiles(files);
    };
    window.addEventListener("paste", onPaste);
    return () => window.removeEventListener("paste", onPaste);
  }, [onFiles]);

  return (
    <Dropzone.FullScreen onDrop={onFiles} classNames={{ root: classes.zone, fullScreen: classes.screen }}>
      <p className={classes.words}>
        <ImagePlus size={28} aria-hidden="true" />
        {t("library.drop")}
      </p>
    </Dropzone.FullScreen>
  );
}
