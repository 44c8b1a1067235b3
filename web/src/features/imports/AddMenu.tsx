import { Button } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { withWords } from "@/i18n";
import { loadOver } from "@/ui/over/load";
import { Opener } from "@/ui/over/Opener";

const loadWays = () => withWords(["adding"], () => import("./AddWays"));
const AddWays = lazy(async () => ({ default: (await loadWays()).AddWays }));

interface AddMenuProps {
  folder: string | null;
  className: string | undefined;
}

/** Beside the button that uploads: other ways to add files. They are loaded when somebody comes near. */
export function AddMenu({ folder, className }: AddMenuProps) {
  const { t } = useTranslation();
  return (
    <Opener
      kind="menu"
      load={() => Promise.all([loadOver(), loadWays()])}
      target={
        <Button variant="filled" className={className} aria-label={t("library.otherWays")}>
          <ChevronDown size={15} aria-hidden="true" />
        </Button>
      }
    >
      {(popup) => <AddWays popup={popup} folder={folder} />}
    </Opener>
  );
}
