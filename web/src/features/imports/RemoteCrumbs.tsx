import { UnstyledButton } from "@mantine/core";
import { ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { RemoteFile } from "@/api/model";
import classes from "./TakeFilesDialog.module.css";

interface RemoteCrumbsProps {
  /** What the account's top is called. */
  top: string;
  platform: string;
  path: RemoteFile[];
  onGo: (path: RemoteFile[]) => void;
}

/** Where one is in the account's folders. */
export function RemoteCrumbs({ top, platform, path, onGo }: RemoteCrumbsProps) {
  const { t } = useTranslation();
  const names = [top, ...path.map(({ name }) => name)];
  return (
    <nav aria-label={t("adding.from.where", { name: platform })}>
      <ol className={classes.crumbs}>
        {names.map((name, depth) => (
          <li key={path[depth - 1]?.id ?? ""}>
            {depth > 0 && <ChevronRight size={14} aria-hidden="true" />}
            {depth === path.length ? (
              <span className={classes.here} aria-current="location">
                {name}
              </span>
            ) : (
              <UnstyledButton className={classes.crumb} onClick={() => onGo(path.slice(0, depth))}>
                {name}
              </UnstyledButton>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
