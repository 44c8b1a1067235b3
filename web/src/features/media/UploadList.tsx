import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import classes from "./UploadList.module.css";
import { type UploadQueue, useUploads } from "./upload-queue";

const UploadRow = lazy(async () => ({ default: (await import("./UploadRow")).UploadRow }));

/** Files on their way, with progress and the ways to stop and go on. */
export function UploadList({ queue }: { queue: UploadQueue }) {
  const { t } = useTranslation();
  const items = useUploads(queue);
  if (items.length === 0) return null;
  return (
    <section
      className={classes.list}
      aria-label={t("library.uploads")}
      tabIndex={items.length > 4 ? 0 : undefined}
    >
      <Suspense>
        {items.map((item) => (
          <UploadRow key={item.key} item={item} queue={queue} />
        ))}
      </Suspense>
    </section>
  );
}
