import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { Media } from "@/api/model";
import { Dialog } from "@/ui/over/Dialog";

const CropForm = lazy(async () => ({ default: (await import("./CropForm")).CropForm }));

export interface CropDialogProps {
  media: Pick<Media, "id" | "url" | "alt" | "file_name" | "width" | "height">;
  /** Width divided by height: the lowest and the highest that is wanted. */
  minRatio?: number;
  maxRatio?: number;
  /** The new picture; the one it was made from stays. */
  onDone: (media: Media) => void;
  onClose: () => void;
}

/** Makes a new picture of a part of one. */
export function CropDialog(props: CropDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      onClose={props.onClose}
      size={860}
      title={t("oneFile.crop.title", { name: props.media.file_name })}
    >
      <Suspense fallback={<Skeleton height={420} radius={12} />}>
        <CropForm {...props} />
      </Suspense>
    </Dialog>
  );
}
