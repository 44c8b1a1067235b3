import { Button } from "@mantine/core";
import { CloudDownload } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useFileAccounts, useFromWords } from "./accounts";
import type { Answered } from "./begin";

const TakeFilesDialog = lazy(async () => ({ default: (await import("./TakeFilesDialog")).TakeFilesDialog }));

/** Takes files from a connected account, where this installation knows a platform that has any. */
export function TakeButton({ onTake }: { onTake: (files: number) => Answered }) {
  const [open, setOpen] = useState(false);
  const words = useFromWords();
  const { platforms } = useFileAccounts();
  if (platforms.length === 0) return null;
  return (
    <>
      <Button
        size="xs"
        variant="subtle"
        leftSection={<CloudDownload size={14} aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        {words}
      </Button>
      <Suspense>
        {open && <TakeFilesDialog folder={null} onClose={() => setOpen(false)} onTake={onTake} />}
      </Suspense>
    </>
  );
}
