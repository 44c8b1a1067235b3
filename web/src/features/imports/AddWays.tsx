import { CloudDownload, Link2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Popup } from "@/ui/over/Opener";
import { OpenMenu } from "@/ui/over/OpenMenu";
import { useFromWords } from "./accounts";

const AddByUrlDialog = lazy(async () => ({
  default: (await import("@/features/media/AddByUrlDialog")).AddByUrlDialog,
}));
const TakeFilesDialog = lazy(async () => ({ default: (await import("./TakeFilesDialog")).TakeFilesDialog }));

interface AddWaysProps {
  popup: Popup;
  /** Where new files go. */
  folder: string | null;
}

/** The menu of the ways to add files besides uploading them, and what each opens. */
export function AddWays({ popup, folder }: AddWaysProps) {
  const { t } = useTranslation();
  const from = useFromWords();
  const [way, setWay] = useState<"account" | "url" | null>(null);
  const close = () => setWay(null);
  return (
    <>
      <OpenMenu {...popup} position="bottom-end">
        {(Menu) => (
          <>
            <Menu.Item
              leftSection={<CloudDownload size={14} aria-hidden="true" />}
              onClick={() => setWay("account")}
            >
              {`${from}…`}
            </Menu.Item>
            <Menu.Item leftSection={<Link2 size={14} aria-hidden="true" />} onClick={() => setWay("url")}>
              {`${t("adding.byUrl.title")}…`}
            </Menu.Item>
          </>
        )}
      </OpenMenu>
      <Suspense>
        {way === "account" && <TakeFilesDialog folder={folder} onClose={close} />}
        {way === "url" && <AddByUrlDialog folder={folder} onClose={close} />}
      </Suspense>
    </>
  );
}
