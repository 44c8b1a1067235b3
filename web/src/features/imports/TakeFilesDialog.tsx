import { NativeSelect, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FailedState } from "@/ui/FailedState";
import { Dialog } from "@/ui/over/Dialog";
import { PlatformTile } from "@/ui/PlatformTile";
import { onlyName, useFileAccounts, useFromWords } from "./accounts";
import type { Answered } from "./begin";
import { type Chosen, extended, toggled } from "./choice";
import { NoAccount } from "./NoAccount";
import { RemoteFiles } from "./RemoteFiles";
import classes from "./TakeFilesDialog.module.css";
import { TakeFooter } from "./TakeFooter";

interface TakeFilesDialogProps {
  /** The library's folder that they go into. */
  folder: string | null;
  onClose: () => void;
  /** So many are asked for now, in the order in which they were chosen; what it answers is told of each. */
  onTake?: (files: number) => Answered;
}

/** Looks through a connected account, and takes pictures and videos from it into the library. What is chosen stays so in other folders. */
export function TakeFilesDialog({ folder, onClose, onTake }: TakeFilesDialogProps) {
  const { t } = useTranslation();
  const title = useFromWords();
  const known = useFileAccounts();
  const { platforms, accounts, isPending, error, retry } = known;
  const [accountId, setAccountId] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Chosen[]>([]);
  const account = accounts.find(({ id }) => id === accountId) ?? accounts[0];
  const nameOf = (platform: string) => platforms.find(({ id }) => id === platform)?.name ?? platform;
  const mark = onlyName(known) && platforms.find(({ name }) => name === onlyName(known));

  return (
    <Dialog
      onClose={onClose}
      size={640}
      title={
        <span className={classes.title}>
          {mark && <PlatformTile platform={mark.id} size={20} />}
          {title}
        </span>
      }
    >
      {error ? (
        <FailedState error={error} onRetry={retry} />
      ) : isPending ? (
        <Skeleton height={320} radius={12} />
      ) : !account ? (
        <NoAccount platforms={platforms} />
      ) : (
        <>
          {accounts.length > 1 && (
            <NativeSelect
              className={classes.account}
              label={t("adding.from.account")}
              value={account.id}
              onChange={(event) => setAccountId(event.currentTarget.value)}
              data={accounts.map(({ id, name, platform }) => ({
                value: id,
                label: platforms.length > 1 ? `${name} · ${nameOf(platform)}` : name,
              }))}
            />
          )}
          <RemoteFiles
            key={account.id}
            account={account}
            platform={nameOf(account.platform)}
            chosen={chosen}
            onToggle={(one) => setChosen((now) => toggled(now, one))}
            onExtend={(shown, one) => setChosen((now) => extended(now, shown, one))}
          />
          <TakeFooter
            chosen={chosen}
            folder={folder}
            onChoose={setChosen}
            onClose={onClose}
            onTake={onTake}
          />
        </>
      )}
    </Dialog>
  );
}
