import "@mantine/dropzone/styles.layer.css";
import { Dropzone } from "@mantine/dropzone";
import { ImagePlus } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "./FileDrop.module.css";

/** Comes over the whole page while files are dragged on it. */
export function DropScreen({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation();
  return (
    <Dropzone.FullScreen
      onDrop={onFiles}
      classNames={{ root: classes.zone, fullScreen: classes.screen }}
      inputProps={{ "aria-label": t("library.choose") }}
    >
      <p className={classes.words}>
        <ImagePlus size={28} aria-hidden="true" />
        {t("library.drop")}
      </p>
    </Dropzone.FullScreen>
  );
}
