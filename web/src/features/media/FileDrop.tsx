import { lazy, Suspense, useEffect } from "react";

const DropScreen = lazy(async () => ({ default: (await import("./DropScreen")).DropScreen }));

/** Takes files dropped anywhere on the page, and pasted ones. */
export function FileDrop({ onFiles }: { onFiles: (files: File[]) => void }) {
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
    <Suspense>
      <DropScreen onFiles={onFiles} />
    </Suspense>
  );
}
