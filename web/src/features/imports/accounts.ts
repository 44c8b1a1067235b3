import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Connection, Platform } from "@/api/model";
import { hasFiles } from "@/features/connections/purposes";
import { connectionsQuery, platformsQuery } from "@/features/connections/queries";

interface FileAccounts {
  /** Those that have files, whether an account is connected or not. */
  platforms: Platform[];
  accounts: Connection[];
  isPending: boolean;
  error: unknown;
  retry: () => void;
}

/** The connected accounts whose files can be taken. */
export function useFileAccounts(): FileAccounts {
  const platforms = useQuery(platformsQuery);
  const connections = useQuery(connectionsQuery);
  const both = [platforms, connections];
  const withFiles = (platforms.data ?? []).filter(hasFiles);
  return {
    platforms: withFiles,
    accounts: (connections.data ?? []).filter(
      ({ platform, status }) => status !== "disconnected" && withFiles.some(({ id }) => id === platform),
    ),
    isPending: both.some(({ isPending }) => isPending),
    error: both.find(({ error, data }) => error && !data)?.error ?? null,
    retry: () => {
      for (const query of both) if (query.error) void query.refetch();
    },
  };
}

/** The platform's name where there is one alone that files can be taken from. */
export function onlyName({
  platforms,
  accounts,
}: Pick<FileAccounts, "platforms" | "accounts">): string | null {
  const connected = platforms.filter(({ id }) => accounts.some(({ platform }) => platform === id));
  const [first, ...others] = connected.length > 0 ? connected : platforms;
  return first && others.length === 0 ? first.name : null;
}

/** What taking files from there is called. */
export function useFromWords(): string {
  const { t } = useTranslation();
  const name = onlyName(useFileAccounts());
  return name ? t("adding.from.named", { name }) : t("adding.from.anywhere");
}
